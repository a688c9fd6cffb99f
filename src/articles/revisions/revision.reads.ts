import { type Loader, LoadersByKey, pagesLoader, totalsLoader } from '../../core/batch';
import type { Page, Slice } from '../../core/paging';
import type { Reader } from '../../database';
import { countRevisions, historyPages, type RevisionRow } from './history.store';

/** What one request may read of the revisions of articles, batched. The caller has made sure that it may. */
export class RevisionReads {
  readonly totals: Loader<number, number>;
  private readonly pages = new LoadersByKey<Loader<number, Slice<RevisionRow>>>();

  constructor(private readonly reader: Reader) {
    this.totals = totalsLoader((articles) => countRevisions(reader, { articles: [...articles] }));
  }

  /** One page of an article's revisions; pages of several articles, asked for alike, are read together. */
  page(article: number, page: Page): Promise<Slice<RevisionRow>> {
    return this.pages
      .get(JSON.stringify(page), () =>
        pagesLoader((articles) => historyPages(this.reader, [...articles], page), page),
      )
      .load(article);
  }
}
