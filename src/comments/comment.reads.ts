/** Everything that one request may read of the comments, batched, for the viewer who sent it. */
import type DataLoader from 'dataloader';
import type { Actor } from '../core/actor';
import { LoadersByKey, oneLoader, pagesLoader, totalsLoader } from '../core/batch';
import type { Page, Slice } from '../core/paging';
import type { Reader } from '../database';
import type { CommentRow } from './comment';
import { countThreads, listComments } from './comment.listing';
import { seesHidden } from './comment.policy';
import type { CommentOrder, CommentParent } from './comment.query';
import { commentsById } from './comment.store';
import type { Standing } from './comment.visibility';

export class CommentReads {
  /** In whatever state it is: see `standing`. */
  readonly byId: DataLoader<number, CommentRow | null>;
  /** How many threads an article has. */
  readonly threadCount: DataLoader<number, number>;
  /** How the viewer stands to comments that nobody has proved to be theirs. */
  readonly standing: Standing;

  private readonly pages = new LoadersByKey<DataLoader<number, Slice<CommentRow>>>();

  constructor(
    private readonly reader: Reader,
    actor: Actor,
  ) {
    this.standing = seesHidden(actor) ? 'MODERATOR' : 'PUBLIC';
    this.byId = oneLoader(
      (keys) => commentsById(reader, { keys }),
      (row) => row.id,
    );
    this.threadCount = totalsLoader((keys) => countThreads(reader, { keys }));
  }

  /** One page below an article or a comment: pages of several, asked for alike, are read together. */
  page(below: CommentParent, parent: number, order: CommentOrder, page: Page): Promise<Slice<CommentRow>> {
    const query = { below, order, page };
    return this.pages
      .get(JSON.stringify(query), () =>
        pagesLoader((parents) => listComments(this.reader, query, parents), page),
      )
      .load(parent);
  }
}
