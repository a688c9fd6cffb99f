/** Everything that one request may read of the comments, batched, for the viewer who sent it. */
import { type ArticleRow, isPublicAt } from '../articles';
import { type KeptWhole, type Recall, RecalledWhole } from '../changes';
import type { Actor } from '../core/actor';
import {
  byParent,
  type Loader,
  LoadersByKey,
  lookupLoader,
  manyLoader,
  oneLoader,
  pagesLoader,
  slicesLoader,
  totalsLoader,
} from '../core/batch';
import type { Instant } from '../core/clock';
import { columnsKey } from '../core/columns';
import { type Page, pageKey, type Slice, toSlice } from '../core/paging';
import type { CommentStatus, Prepared, Reader } from '../database';
import type { CommentRow } from './comment';
import { ReadAhead } from './comment.ahead';
import { countThreads, listReplies, threadsOfEach } from './comment.listing';
import { seesHidden } from './comment.policy';
import type { CommentPageQuery, CommentPlace, Discussed, ThreadPageQuery } from './comment.query';
import type { CommentSettings } from './comment.settings';
import { commentsById } from './comment.store';
import type { Standing } from './comment.visibility';
import { bannedMarks } from './commenter.marks';
import { type CommentingRules, type CommentingState, commentingOn } from './commenting';
import { categoriesOfArticles, commentingRules } from './commenting.store';
import type { QueueQuery } from './moderation.query';
import {
  eventsOfComments,
  historiesOf,
  privateRows,
  queueLength,
  queuePage,
  reportsOfComments,
  revisionsOfComments,
} from './moderation.store';

type RowsOf<P> = P extends Prepared<never, infer R> ? R : never;

export interface CommentReadsParts {
  readonly settings: CommentSettings;
  readonly recall: Recall;
  readonly rules: KeptWhole<CommentingRules>;
}

export class CommentReads {
  /** In whatever state it is: see `standing`. */
  readonly byId: Loader<number, CommentRow | null>;
  /** How many threads an article has. */
  readonly threadCount: Loader<number, number>;
  /** How the viewer stands to comments that nobody has proved to be theirs. */
  readonly standing: Standing;

  /** For moderators, and to tell whose a comment is: nothing of it may get out otherwise. */
  readonly privateById: Loader<number, RowsOf<typeof privateRows> | null>;
  readonly eventsById: Loader<number, readonly RowsOf<typeof eventsOfComments>[]>;
  readonly reportsById: Loader<number, readonly RowsOf<typeof reportsOfComments>[]>;
  readonly revisionsById: Loader<number, readonly RowsOf<typeof revisionsOfComments>[]>;
  readonly historyByName: Loader<string, Partial<Record<CommentStatus, number>> | null>;
  readonly bannedByName: Loader<string, RowsOf<typeof bannedMarks> | null>;

  private readonly ahead: ReadAhead;
  private readonly discussed = new Map<number, Discussed>();
  private readonly pages = new LoadersByKey<Loader<number, Slice<CommentRow>>>();
  private readonly categories: Loader<number, readonly { categoryId: number }[]>;
  private readonly rules: RecalledWhole<CommentingRules>;

  constructor(
    private readonly reader: Reader,
    actor: Actor,
    private readonly now: Instant,
    { settings, recall, rules }: CommentReadsParts,
  ) {
    this.rules = new RecalledWhole(recall, rules, () => commentingRules(reader, settings));
    this.ahead = new ReadAhead(reader);
    this.standing = seesHidden(actor) ? 'MODERATOR' : 'PUBLIC';
    this.byId = oneLoader(
      (keys) => commentsById(reader, { keys }),
      (row) => row.id,
    );
    this.threadCount = totalsLoader((keys) => countThreads(reader, { keys }));
    this.categories = manyLoader(
      (articles) => categoriesOfArticles(reader, { articles }),
      (row) => row.articleId,
    );
    this.privateById = oneLoader(
      (ids: readonly number[]) => privateRows(reader, { ids: [...ids] }),
      (row) => row.id,
    );
    const manyOf = <R extends { commentId: number }>(read: Prepared<{ ids: number[] }, R>) =>
      manyLoader(
        (ids: readonly number[]) => read(reader, { ids: [...ids] }),
        (row) => row.commentId,
      );
    this.eventsById = manyOf(eventsOfComments);
    this.reportsById = manyOf(reportsOfComments);
    this.revisionsById = manyOf(revisionsOfComments);
    this.historyByName = lookupLoader((names) => historiesOf(reader, names));
    this.bannedByName = oneLoader(
      (marks) => bannedMarks(reader, { marks, now }),
      (row) => row.mark,
    );
  }

  /** One page of the top level of an article: pages of several, asked for alike, are read together. */
  threads(of: Discussed, query: ThreadPageQuery): Promise<Slice<CommentRow>> {
    if (query.isAlone) return this.ahead.threads(of, query).then((rows) => toSlice(rows, query.page));
    this.discussed.set(of.id, of);
    const together = query.together ? columnsKey(query.together) : '';
    return this.pages
      .get(`ARTICLE ${queryKey(query)} ${together}`, () =>
        slicesLoader((articles) => this.readThreads(articles, query), query.page),
      )
      .load(of.id);
  }

  /** The same of the replies to a comment. */
  replies(to: number, query: CommentPageQuery): Promise<Slice<CommentRow>> {
    return this.pages
      .get(`COMMENT ${queryKey(query)}`, () =>
        pagesLoader((comments) => listReplies(this.reader, query, comments), query.page),
      )
      .load(to);
  }

  /** The same where there are none, or where they were read with the comment; else null. */
  repliesAtHand(to: CommentRow, place: CommentPlace): Slice<CommentRow> | null {
    return this.ahead.replies(to, place);
  }

  /** How readers may comment on an article: at once where nothing has to be read for that. */
  commenting(article: ArticleRow): CommentingState | Promise<CommentingState> {
    const { atHand } = this.rules;
    return atHand
      ? this.commentingBy(atHand, article)
      : this.rules.get().then((rules) => this.commentingBy(rules, article));
  }

  async queue(query: QueueQuery, page: Page): Promise<Slice<CommentRow>> {
    return toSlice(await queuePage(this.reader, { ...query, page }), page);
  }

  queueLength(query: QueueQuery): Promise<number> {
    return queueLength(this.reader, query);
  }

  private async readThreads(
    articles: readonly number[],
    query: ThreadPageQuery,
  ): Promise<ReadonlyMap<number, readonly CommentRow[]>> {
    const [first] = articles;
    const one = first === undefined || articles.length > 1 ? undefined : this.discussed.get(first);
    if (one) return new Map([[one.id, await this.ahead.threads(one, query)]]);
    return byParent(articles, await threadsOfEach(this.reader, query, articles));
  }

  private commentingBy(
    rules: CommentingRules,
    article: ArticleRow,
  ): CommentingState | Promise<CommentingState> {
    const by = (ties: readonly { categoryId: number }[]) => {
      const categories = ties.map(({ categoryId }) => categoryId);
      return commentingOn(article, categories, rules, isPublicAt(article, this.now), this.now);
    };
    return rules.byCategory.size === 0 ? by([]) : this.categories.load(article.id).then(by);
  }
}

/** The same for pages that are asked for alike. */
function queryKey({ order, page, columns }: CommentPageQuery): string {
  return `${order} ${pageKey(page)} ${columnsKey(columns)}`;
}
