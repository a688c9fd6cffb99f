import type { ImageResolver } from './content';
import { SiteClock } from './dates';
import { LanguageGuide } from './item-language';
import type { MapContext } from './map-item';
import type { WxrRecord, WxrSite } from './wxr-record';

export interface SiteKnowledgeOptions {
  readonly postTypes?: readonly string[];
  readonly image?: ImageResolver;
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

  constructor(site: WxrSite, options: SiteKnowledgeOptions = {}) {
    this.languages = new LanguageGuide(site.language);
    this.postTypes = new Set(options.postTypes);
    this.image = options.image ?? (() => undefined);
  }

  learn(record: WxrRecord): void {
    if (record.type === 'term') this.languages.learn(record);
    if (record.type !== 'item') return;
    this.clock.learn(record.postDate, record.postDateGmt);
    this.clock.learn(record.postModified, record.postModifiedGmt);
    for (const comment of record.comments) this.clock.learn(comment.date, comment.dateGmt);
  }
}
