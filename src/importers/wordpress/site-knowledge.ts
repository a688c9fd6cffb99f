import { guestAuthorOf } from './co-authors';
import { type ClockState, SiteClock } from './dates';
import { GalleryGuide, type GalleryState } from './gallery-guide';
import { LanguageGuide, type LanguageState } from './item-language';
import { kept } from './kept';
import type { MapContext } from './map-item';
import { PagePaths, type PagesState } from './page-paths';
import type { SkimmedPost } from './skimmed-post';
import type { WxrRecord, WxrSite } from './wxr-record';

export interface SiteKnowledgeOptions {
  readonly postTypes?: readonly string[];
}

/** What a site is known by, as data that can be handed to another thread. */
export interface KnowledgeState {
  readonly clock: ClockState;
  readonly languages: LanguageState;
  readonly galleries: GalleryState;
  readonly pages: PagesState;
  readonly guestAuthors: ReadonlyMap<string, string>;
  readonly postTypes: ReadonlySet<string>;
  readonly tellsComments: boolean;
}

/**
 * What is learned of a site by reading its export: its time zone, its languages, where its pages stand, the images of
 * its galleries. Learning from the whole file before anything is mapped gives the best answers; learning from each
 * record just before it is mapped also works.
 */
export class SiteKnowledge implements MapContext {
  readonly clock = new SiteClock();
  readonly galleries = new GalleryGuide();
  readonly pages = new PagePaths();
  readonly languages: LanguageGuide;
  readonly postTypes: ReadonlySet<string>;
  guestAuthors = new Map<string, string>();
  tellsComments = false;

  constructor(site: Pick<WxrSite, 'language'>, options: SiteKnowledgeOptions = {}) {
    this.languages = new LanguageGuide(site.language);
    this.postTypes = new Set(options.postTypes);
  }

  static of(state: KnowledgeState): SiteKnowledge {
    const { languages, postTypes } = state;
    const knowledge = new SiteKnowledge({ language: languages.site ?? '' }, { postTypes: [...postTypes] });
    knowledge.clock.restore(state.clock);
    knowledge.languages.restore(languages);
    knowledge.galleries.restore(state.galleries);
    knowledge.pages.restore(state.pages);
    knowledge.guestAuthors = new Map(state.guestAuthors);
    knowledge.tellsComments = state.tellsComments;
    return knowledge;
  }

  state(): KnowledgeState {
    return {
      clock: this.clock.state(),
      languages: this.languages.state(),
      galleries: this.galleries.state(),
      pages: this.pages.state(),
      guestAuthors: this.guestAuthors,
      postTypes: this.postTypes,
      tellsComments: this.tellsComments,
    };
  }

  learn(record: WxrRecord | SkimmedPost): void {
    if (record.type === 'post') {
      if (record.hasComments) this.tellsComments = true;
      for (const [local, gmt] of record.dates) this.clock.learn(local, gmt);
    }
    if (record.type === 'term') this.languages.learn(record);
    if (record.type !== 'item') return;
    this.galleries.learn(record);
    this.pages.learn(record);
    const guest = guestAuthorOf(record);
    if (guest) this.guestAuthors.set(...kept(guest));
    this.clock.learn(record.postDate, record.postDateGmt);
    this.clock.learn(record.postModified, record.postModifiedGmt);
    if (record.comments.length > 0) this.tellsComments = true;
    for (const comment of record.comments) this.clock.learn(comment.date, comment.dateGmt);
  }
}
