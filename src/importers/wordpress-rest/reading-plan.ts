import type { KnownArticle, KnownComment } from '../known-content';
import type { Parameters } from './api-root';
import { since } from './marks';
import type { Collection, RestSite } from './rest-site';
import { listed } from './shapes';
import type { SiteReader } from './site-reader';

/** What is to be read of a site in full, and what of it was seen. */
export interface ReadingPlan {
  /** By post type: ids, and their authors' numbers. */
  readonly posts: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** All posts that readers can see; null where that was not asked for. */
  readonly seenPosts: ReadonlySet<number> | null;
  readonly seenComments: ReadonlySet<number> | null;
}

export interface PlanQuestions {
  readonly site: RestSite;
  readonly articles: ReadonlyMap<string, KnownArticle>;
  readonly comments: ReadonlyMap<string, KnownComment>;
  /** What an earlier run has left, by name. */
  readonly marks: ReadonlyMap<string, string>;
  /** Everything again, whatever the site says has changed. */
  readonly everything: boolean;
  /** Only what the site says has changed: nothing is looked for that is gone. */
  readonly changesOnly: boolean;
  readonly commentsReadable: boolean;
  readonly onProgress: (done: number, total: number | null) => void;
}

/**
 * Asks for the ids of all posts and comments, which is cheap, and compares them with what is here: what is new has to be
 * read, what was changed since the last run (`modified_after`), and what discussions have news. So a run that was broken
 * off goes on where it was, and what is missing over there is seen.
 */
export async function planReading(reader: SiteReader, questions: PlanQuestions): Promise<ReadingPlan> {
  const posts = new Map<string, Map<number, number>>();
  const seenPosts = new Set<number>();
  for (const type of questions.site.types) {
    const wanted = new Map<number, number>();
    posts.set(type.name, wanted);
    const mark = questions.marks.get(modifiedMark(type));
    if (mark === undefined || !questions.changesOnly || questions.everything) {
      await sweep(reader, type, questions, wanted, seenPosts);
    }
    if (mark !== undefined) await changed(reader, type, since(mark), questions, wanted);
  }
  const seenComments = await commentNews(reader, questions, posts);
  return { posts, seenPosts: questions.changesOnly ? null : seenPosts, seenComments };
}

export function modifiedMark({ name }: { readonly name: string }): string {
  return `modified ${name}`;
}

export const COMMENTS_MARK = 'comments';

async function sweep(
  reader: SiteReader,
  { route }: Collection,
  { site, articles, everything, onProgress }: PlanQuestions,
  wanted: Map<number, number>,
  seen: Set<number>,
): Promise<void> {
  let done = 0;
  for await (const { items, total } of reader.walk(route, sweepFor(site.posts), listed)) {
    for (const { id, author, status } of items) {
      seen.add(id);
      const known = articles.get(String(id));
      if (everything || mustRead(known, status, site)) wanted.set(id, author);
    }
    done += items.length;
    onProgress(done, total);
  }
}

async function changed(
  reader: SiteReader,
  { route }: Collection,
  after: string,
  { site }: PlanQuestions,
  wanted: Map<number, number>,
): Promise<void> {
  const parameters = { ...sweepFor(site.posts), modified_after: after };
  for await (const { items } of reader.walk(route, parameters, listed)) {
    for (const { id, author } of items) wanted.set(id, author);
  }
}

function sweepFor(parameters: Parameters): Parameters {
  return { ...parameters, _fields: 'id,author,status' };
}

/**
 * New, or never read this way, or public on one side only: a post that appears at its time, or comes back, does not
 * count as changed.
 */
function mustRead(known: KnownArticle | undefined, status: string, { medium }: RestSite): boolean {
  if (known === undefined || known.medium !== medium) return true;
  return (status === 'publish') !== (known.status === 'PUBLISHED');
}

/** Adds the articles whose discussions have news. Null where it was not looked at all comments. */
async function commentNews(
  reader: SiteReader,
  questions: PlanQuestions,
  posts: ReadonlyMap<string, Map<number, number>>,
): Promise<Set<number> | null> {
  const { site, articles, comments, marks, commentsReadable, changesOnly } = questions;
  // Every article is read with its comments: nothing is known that could have news.
  const first = comments.size === 0 && marks.get(COMMENTS_MARK) === undefined;
  if (!commentsReadable || first) return null;
  const mark = marks.get(COMMENTS_MARK);
  const after: Parameters = changesOnly && mark !== undefined ? { after: since(mark) } : {};
  const seen = new Set<number>();
  const parameters = { ...site.comments, ...after, _fields: 'id,post' };
  for await (const { items } of reader.walk('wp/v2/comments', parameters, listed)) {
    for (const { id, post } of items) {
      seen.add(id);
      const known = comments.get(String(id));
      if (known !== undefined && !known.gone) continue;
      const type = articles.get(String(post))?.postType ?? '';
      posts.get(type)?.set(post, posts.get(type)?.get(post) ?? 0);
    }
  }
  return changesOnly ? null : seen;
}
