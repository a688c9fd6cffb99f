import type { ImageResolver } from './content';
import { type ClockState, SiteClock } from './dates';
import { LanguageGuide, type LanguageState } from './item-language';
import type { MapContext } from './map-item';
import type { WxrRecord, WxrSite } from './wxr-record';

export interface SiteKnowledgeOptions {
  readonly postTypes?: readonly string[];
  readonly image?: ImageResolver;
}

/** What a site is known by, as data that can be handed to another thread. */
export interface KnowledgeState {
  readonly clock: ClockState;
  readonly languages: LanguageState;
  readonly postTypes: ReadonlySet<string>;
  readonly tellsComments: boolean;
}

/**
 * What is learned of a site by reading its export: its time zone and its languages. Learning from the whole file
 * before anything is mapped gives the best answers; learning from each record just before it is mapped also works.
 */
export class SiteKnowledge implements MapContext {
  readonly clock = new SiteClock();
  readonly languages: LanguageGuide;
  readonly postTypes: ReadonlySet<string>;
  readonly image: ImageResolver;
  tellsComments = false;

  constructor(site: Pick<WxrSite, 'language'>, options: SiteKnowledgeOptions = {}) {
    this.languages = new LanguageGuide(site.language);
    this.postTypes = new Set(options.postTypes);
    this.image = options.image ?? (() => undefined);
  }

  static of({ clock, languages, postTypes, tellsComments }: KnowledgeState): SiteKnowledge {
    const knowledge = new SiteKnowledge({ language: languages.site ?? '' }, { postTypes: [...postTypes] });
    knowledge.clock.restore(clock);
    knowledge.languages.restore(languages);
    knowledge.tellsComments = tellsComments;
    return knowledge;
  }

  state(): KnowledgeState {
    return {
      clock: this.clock.state(),
      languages: this.languages.state(),
      postTypes: this.postTypes,
      tellsComments: this.tellsComments,
    };
  }

  learn(record: WxrRecord): void {
    if (record.type === 'term') this.languages.learn(record);
    if (record.type !== 'item') return;
    this.clock.learn(record.postDate, record.postDateGmt);
    this.clock.learn(record.postModified, record.postModifiedGmt);
    if (record.comments.length > 0) this.tellsComments = true;
    for (const comment of record.comments) this.clock.learn(comment.date, comment.dateGmt);
  }
}
