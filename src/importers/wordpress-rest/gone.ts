import { z } from 'zod';
import type { GoneRecord } from '../import-source';
import type { KnownArticle, KnownComment } from '../known-content';
import { chunksOf, lookAhead } from './look-ahead';
import type { ReadingPlan } from './reading-plan';
import type { Collection, RestSite } from './rest-site';
import { listed } from './shapes';
import { faultIn } from './site-fault';
import type { SiteReader } from './site-reader';

const single = z.object({ status: z.string().catch('').default('') });

export interface GoneQuestions {
  readonly site: RestSite;
  readonly plan: ReadingPlan;
  readonly articles: ReadonlyMap<string, KnownArticle>;
  readonly comments: ReadonlyMap<string, KnownComment>;
  /** Requests that may be under way at once. */
  readonly atOnce: number;
}

/**
 * What is shown here and was not seen over there. Each article is asked for by itself before it is called gone: a list
 * may leave something out for reasons of its own. @throws SiteFault
 */
export async function* readGone(
  reader: SiteReader,
  questions: GoneQuestions,
): AsyncGenerator<GoneRecord, void, undefined> {
  const missing = missingArticles(questions);
  // Comments go and come with their article; only of what readers see can a comment be missing.
  const hidden = new Set(
    [...questions.articles.values()]
      .filter(({ status }) => status !== 'PUBLISHED')
      .map(({ localId }) => localId),
  );
  const asked = lookAhead(missing, questions.atOnce, async ({ id, type, status }) => {
    const reason = await reasonOf(reader, questions.site, type, id);
    // What is to appear at its time is not public yet: only that it exists no more can be told.
    const gone = reason !== null && (status === 'PUBLISHED' || reason === DELETED);
    return gone ? [{ what: 'article' as const, externalId: id, reason }] : [];
  });
  for await (const records of asked) {
    yield* records;
    for (const { externalId } of records) hidden.add(questions.articles.get(externalId)?.localId ?? 0);
  }
  yield* missingComments(reader, questions, hidden);
}

const DELETED = 'it was deleted there';
const CLOSED = 'it is no longer public there';
const BINNED = 'it lies in the bin there';

interface Missing {
  readonly id: string;
  readonly type: Collection;
  readonly status: KnownArticle['status'];
}

function missingArticles({ site, plan, articles }: GoneQuestions): Missing[] {
  const { seenPosts } = plan;
  if (seenPosts === null) return [];
  const types = new Map(site.types.map((type) => [type.name, type]));
  return [...articles].flatMap(([id, { postType, status }]) => {
    const type = types.get(postType);
    const shown = status === 'PUBLISHED' || status === 'SCHEDULED';
    return type === undefined || !shown || seenPosts.has(Number(id)) ? [] : [{ id, type, status }];
  });
}

/** Why readers do not see the post any more; null if they do. */
async function reasonOf(
  reader: SiteReader,
  { medium }: RestSite,
  { route }: Collection,
  id: string,
): Promise<string | null> {
  const context = medium === 'API_RAW' ? { context: 'edit' } : {};
  try {
    const { body } = await reader.api.get(`${route}/${id}`, { ...context, _fields: 'id,status' });
    return single.safeParse(body).data?.status === 'trash' ? BINNED : null;
  } catch (error) {
    const fault = faultIn(error);
    if (fault.status === 404 || fault.status === 410) return DELETED;
    if (fault.closed) return CLOSED;
    throw fault;
  }
}

async function* missingComments(
  reader: SiteReader,
  { plan, site, comments }: GoneQuestions,
  hidden: ReadonlySet<number>,
): AsyncGenerator<GoneRecord, void, undefined> {
  const { seenComments } = plan;
  if (seenComments === null) return;
  const missing = [...comments].flatMap(([id, { status, articleId }]) =>
    status === 'APPROVED' && !hidden.has(articleId) && !seenComments.has(Number(id)) ? [Number(id)] : [],
  );
  for (const ids of chunksOf(missing, 100)) {
    const there = await reader.some('wp/v2/comments', ids, { ...site.comments, _fields: 'id,post' }, listed);
    const present = new Set(there.map(({ id }) => id));
    for (const id of ids) {
      if (!present.has(id)) yield { what: 'comment', externalId: String(id), reason: CLOSED };
    }
  }
}
