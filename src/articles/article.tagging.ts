/** What a machine reads of articles, and which topics they carry afterwards. */
import { sql } from 'drizzle-orm';
import { lock, prepared, type Tx } from '../database';
import { type FoundTopic, type Readable, retagged, type Tagger, type TopicRef } from '../tagging';
import { MAX_TOPICS, type TopicMark } from './article';
import type { ArticleContent, ArticleUpdate } from './article.content';
import type { CurrentArticle } from './revisions/current';

/** More is not remembered of one article. */
export const MAX_REMOVED_TOPICS = 1_000;

/** The parts of articles that are read. */
export const readablesOf = prepared(({ tables: { articles: a, articleBodies: b }, portable }) => ({
  select: {
    id: a.id,
    title: a.title,
    standfirst: a.standfirst,
    language: a.language,
    text: sql<string>`coalesce(${b.text}, '')`,
  },
  from: sql`${a} left join ${b} on ${b.articleId} = ${a.id} where ${portable.among(a.id, 'ids')} order by ${a.id}`,
}));

/** The topics that articles carry themselves. */
export const marksOf = prepared(({ tables: { articleTopics: t }, portable }) => ({
  select: {
    articleId: t.articleId,
    topicId: t.topicId,
    salience: t.salience,
    mentions: t.mentions,
    source: t.source,
  },
  from: sql`${t} where ${portable.among(t.articleId, 'ids')} and ${t.direct} order by ${t.articleId}, ${t.topicId}`,
}));

/** The topics that editors have taken from articles. */
export const removedFrom = prepared(({ tables: { removedTopics: r }, portable }) => ({
  select: { articleId: r.articleId, topicId: r.topicId },
  from: sql`${r} where ${portable.among(r.articleId, 'ids')} order by ${r.articleId}, ${r.topicId}`,
}));

/** Before a machine reads: it knows what topics are called, and they stay what they are until the articles carry them. */
export async function followNames(tx: Tx, tagger: Tagger): Promise<void> {
  await lock(tx, 'SUBJECTS', 'SHARED');
  await tagger.follow(tx);
}

/** What the article names, as far as people's marks tell what is meant. */
export function readBy(tagger: Tagger, article: Readable, marks: readonly TopicMark[]): FoundTopic[] {
  return tagger.find(
    article,
    marks.flatMap(({ topicId, source }) => (source === 'MACHINE' ? [] : [topicId])),
  );
}

/** What an article carries when a machine has read it. */
export function marksAfterReading(
  names: readonly FoundTopic[],
  marks: readonly TopicMark[],
  removed: ReadonlySet<number>,
  keyOf: (ref: TopicRef) => number | undefined = keyOfTopic,
): TopicMark[] {
  const found = names.flatMap(({ ref, ...each }) => {
    const topicId = keyOf(ref);
    return topicId === undefined ? [] : [{ ...each, topicId }];
  });
  return retagged({ marks, removed, found, most: MAX_TOPICS });
}

/** What only the gazetteer knows is no topic, as long as nobody makes it one. */
function keyOfTopic(ref: TopicRef): number | undefined {
  return typeof ref === 'number' ? ref : undefined;
}

/** A new article with what its text names. */
export async function taggedContent(
  tx: Tx,
  tagger: Tagger,
  content: ArticleContent,
): Promise<ArticleContent> {
  await followNames(tx, tagger);
  const { title, standfirst, language } = content.fields;
  const article = { title, standfirst, language, text: content.body.text };
  const names = readBy(tagger, article, content.topics);
  return { ...content, topics: marksAfterReading(names, content.topics, NONE) };
}

type Change = Pick<ArticleUpdate, 'op' | 'fields' | 'body' | 'topics'>;

/**
 * A person's change of an article with what the text names then. What the change takes from its topics is
 * remembered, and what it gives them is not held against them any longer.
 */
export async function taggedChange<C extends Change>(
  tx: Tx,
  tagger: Tagger,
  article: CurrentArticle,
  change: C,
): Promise<C> {
  if (!isToBeRead(change)) return change;
  await followNames(tx, tagger);
  const { id } = article;
  const before = await marksOf(tx, { ids: [id] });
  const removed = new Set((await removedFrom(tx, { ids: [id] })).map(({ topicId }) => topicId));
  const { topics: listed } = change;
  if (listed) await remember(tx, id, removed, before, listed, change.op);
  // As it was then, whatever its text says.
  if (change.op === 'ROLLBACK') return change;
  const [stored] = change.body ? [] : await readablesOf(tx, { ids: [id] });
  const { title, standfirst, language } = { ...article, ...change.fields };
  const readable = { title, standfirst, language, text: change.body?.text ?? stored?.text ?? '' };
  const marks = listed ?? before.map(({ articleId: _, ...mark }) => mark);
  const topics = marksAfterReading(readBy(tagger, readable, marks), marks, removed);
  return { ...change, topics: [...topics, ...confirmed(listed ?? [], topics)] };
}

const NONE: ReadonlySet<number> = new Set();

function isToBeRead({ op, fields = {}, body, topics }: Change): boolean {
  if (op === 'PUBLISH' || op === 'SCHEDULE') return true;
  if (op !== 'UPDATE' && op !== 'CORRECT' && op !== 'ROLLBACK') return false;
  if (topics !== undefined || body !== undefined) return true;
  return [fields.title, fields.standfirst, fields.language].some((field) => field !== undefined);
}

/** What a machine gave once and a person lists now is the person's, where the text does not name it any more. */
function confirmed(listed: readonly TopicMark[], carried: readonly TopicMark[]): TopicMark[] {
  const there = new Set(carried.map(({ topicId }) => topicId));
  return listed
    .filter(({ topicId }) => !there.has(topicId))
    .map(({ topicId, salience }) => ({ topicId, salience, mentions: 0, source: 'EDITOR' }));
}

/** Brings `removed` up to date, here and in the database. To roll an article back is not to take topics from it. */
async function remember(
  tx: Tx,
  articleId: number,
  removed: Set<number>,
  before: readonly TopicMark[],
  listed: readonly TopicMark[],
  op: Change['op'],
): Promise<void> {
  const wanted = new Set(listed.map(({ topicId }) => topicId));
  const back = [...removed].filter((topicId) => wanted.has(topicId));
  const room = Math.max(MAX_REMOVED_TOPICS - removed.size + back.length, 0);
  const taken = before.map(({ topicId }) => topicId).filter((id) => !wanted.has(id) && !removed.has(id));
  const { removedTopics: r } = tx.tables;
  if (back.length > 0) {
    await tx.execute(
      sql`delete from ${r} where ${r.articleId} = ${articleId} and ${tx.portable.among(r.topicId, 'back')}`,
      { back },
    );
    for (const topicId of back) removed.delete(topicId);
  }
  if (op === 'ROLLBACK') return;
  const fresh = taken.slice(0, room);
  await tx.insertMany(
    r,
    fresh.map((topicId) => ({ articleId, topicId })),
  );
  for (const topicId of fresh) removed.add(topicId);
}
