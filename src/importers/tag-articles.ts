import {
  type ArticleContent,
  type ArticleUpdate,
  marksAfterReading,
  readBy,
  removedFrom,
  type TopicMark,
} from '../articles';
import type { Tx } from '../database';
import type { FoundWords, TopicRef } from '../tagging';
import { topicsOfEntries } from '../topics';
import type { ImportScope } from './import-scope';

/**
 * New articles with what their texts name, beside what they are tagged with over there.
 * @param words those of the articles, in the same order
 */
export async function tagContents(
  tx: Tx,
  scope: ImportScope,
  contents: readonly ArticleContent[],
  words: readonly FoundWords[],
): Promise<ArticleContent[]> {
  const topics = await topicsNamed(
    tx,
    scope,
    contents.map(({ fields, body, topics }, index) => ({ id: 0, fields, body, topics, words: words[index] })),
  );
  return contents.map((content, index) => ({ ...content, topics: topics[index] ?? content.topics }));
}

/** The same of articles that are here already: what an editor has taken from them stays away. */
export async function tagUpdates(
  tx: Tx,
  scope: ImportScope,
  updates: readonly ArticleUpdate[],
): Promise<ArticleUpdate[]> {
  const read = updates.flatMap(({ id, fields, body, topics = [] }) => {
    const { title, standfirst = null, language } = fields ?? {};
    if (body === undefined || title === undefined || language === undefined) return [];
    return [{ id, fields: { title, standfirst, language }, body, topics }];
  });
  const topics = await topicsNamed(tx, scope, read);
  const tagged = new Map(read.map(({ id }, index) => [id, topics[index] ?? []]));
  return updates.map((update) => {
    const marks = tagged.get(update.id);
    return marks ? { ...update, topics: marks } : update;
  });
}

interface Named {
  readonly id: number;
  readonly fields: Pick<ArticleContent['fields'], 'title' | 'standfirst' | 'language'>;
  readonly body: { readonly text: string };
  readonly topics: readonly TopicMark[];
  readonly words?: FoundWords | undefined;
}

/**
 * What articles carry then, by their tags over there (`topics`) and by what their texts name. What the gazetteer
 * knows and a text names becomes a topic.
 */
export async function topicsNamed(
  tx: Tx,
  { tagger, actor, at, report }: ImportScope,
  articles: readonly Named[],
): Promise<TopicMark[][]> {
  const named = articles.map(({ fields: { title, standfirst, language }, body: { text }, topics, words }) =>
    readBy(tagger, { title, standfirst, language, text, ...(words ? { words } : {}) }, topics),
  );
  const entries = new Set(named.flat().flatMap(({ ref }) => (typeof ref === 'string' ? [ref] : [])));
  const made = await topicsOfEntries(
    { tx, actor, at },
    tagger.gazetteer,
    [...entries].flatMap((id) => tagger.gazetteer.get(id) ?? []),
  );
  const fresh = [...made.values()].filter(({ isNew }) => isNew).length;
  if (fresh > 0) report.reason('topics: made because texts name them', fresh);
  const removed = await removedFrom(tx, { ids: articles.flatMap(({ id }) => (id === 0 ? [] : [id])) });
  const keyOf = (ref: TopicRef) => (typeof ref === 'number' ? ref : made.get(ref)?.id);
  return articles.map(({ id, topics }, index) => {
    const away = removed.flatMap(({ articleId, topicId }) => (articleId === id ? [topicId] : []));
    return marksAfterReading(named[index] ?? [], topics, new Set(away), keyOf);
  });
}
