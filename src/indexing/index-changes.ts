/**
 * The index follows the change log within the transaction itself: whatever is written has an entry there, whoever
 * writes it, and so the index never tells anything else than the articles.
 */
import {
  addToIndex,
  type ChangeEntity,
  type ChangeOp,
  type NamedKind,
  type Tx,
  takeFromIndex,
} from '../database';
import { noteCopies } from './copies';
import { documentOf } from './document';
import { handedOver } from './handed-over';
import { indexMergers, indexNames } from './names';
import { searchedArticles } from './searched-articles';
import { TextAnalysis } from './texts';
import { countWords, learnWords } from './words';

/** What the change log is about to tell. */
export interface LoggedChange {
  readonly entity: ChangeEntity;
  readonly entityId: number;
  readonly op: ChangeOp;
  readonly revision: number;
  readonly payload: Readonly<Record<string, unknown>> | null;
  readonly isNew: boolean;
}

/** What leaves an article as it says. */
const SAYS_NOTHING: ReadonlySet<ChangeOp> = new Set(['PREVIEW', 'RELEASE', 'EXPIRE', 'LINK', 'UNLINK']);
/** Articles whose texts are held at once. */
const BATCH = 100;

/** Brings the index up to what the changes of this transaction have left. */
export async function indexChanges(tx: Tx, changes: readonly LoggedChange[]): Promise<void> {
  await followNames(tx, 'author', changes);
  await followNames(tx, 'topic', changes);
  const fresh = new Set<number>();
  const changed = new Set<number>();
  const reworded = new Set<number>();
  for (const change of changes) {
    if (change.entity !== 'ARTICLE' || SAYS_NOTHING.has(change.op) || isMerger(change)) continue;
    if (change.isNew) fresh.add(change.entityId);
    else if (hasChanged(change, DOCUMENT)) changed.add(change.entityId);
    if (hasChanged(change, TEXTS)) reworded.add(change.entityId);
  }
  // What was changed after it was stored is not as it was handed over.
  const handed = [...handedOver(tx).values()].filter(
    ({ article: { id } }) => fresh.has(id) && !changed.has(id),
  );
  const documents = handed.map(({ article, texts }) => documentOf(article, texts));
  await addToIndex(tx, documents);
  await countWords(tx, documents);
  await noteCopies(tx, documents, 'NEW');
  for (const { articleId } of documents) fresh.delete(articleId);
  await indexArticles(tx, [...fresh], 'NEW');
  const others = [...changed].filter((id) => !fresh.has(id));
  await indexArticles(
    tx,
    others.filter((id) => reworded.has(id)),
    'CHANGED',
  );
  await indexArticles(
    tx,
    others.filter((id) => !reworded.has(id)),
    'RETOLD',
  );
}

/** What an article says, and what else its document is made of, as the change log names it. */
const TEXTS: ReadonlySet<unknown> = new Set(['title', 'standfirst', 'html']);
const DOCUMENT: ReadonlySet<unknown> = new Set([...TEXTS, 'publishedAt', 'authors', 'topics']);

/** Whether one of these may be another than before. */
function hasChanged({ payload }: LoggedChange, names: ReadonlySet<unknown>): boolean {
  const changed = payload?.changed;
  return !Array.isArray(changed) || changed.some((name) => names.has(name));
}

/**
 * Puts articles into the index as they are now. Those that are NEW have no document yet; of RECOUNTED ones the words
 * are counted as if they were. RETOLD ones say what they said, at another time or of other subjects: their words are
 * known, and so are their copies.
 */
export async function indexArticles(
  tx: Tx,
  ids: readonly number[],
  kind: 'NEW' | 'CHANGED' | 'RETOLD' | 'RECOUNTED',
): Promise<void> {
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const analysis = new TextAnalysis();
    const articles = await searchedArticles(tx, batch);
    const documents = articles.map((article) => documentOf(article, analysis.of(article)));
    if (kind !== 'NEW') await takeFromIndex(tx, batch);
    await addToIndex(tx, documents);
    if (kind === 'RETOLD') continue;
    if (kind === 'CHANGED') await learnWords(tx, documents);
    else await countWords(tx, documents);
    await noteCopies(tx, documents, kind);
  }
}

/** Readers see other names on the article, but the document finds it by those of the subject: see `indexMergers`. */
function isMerger({ payload }: LoggedChange): boolean {
  return payload?.merged !== undefined;
}

async function followNames(tx: Tx, kind: NamedKind, changes: readonly LoggedChange[]): Promise<void> {
  const own = changes.filter(({ entity }) => entity === ENTITIES[kind]);
  await indexNames(tx, kind, [...new Set(own.map(({ entityId }) => entityId))]);
  const mergers = own.flatMap(({ op, entityId, payload }) =>
    op === 'DELETE' && typeof payload?.mergedInto === 'number'
      ? [{ from: entityId, into: payload.mergedInto }]
      : [],
  );
  await indexMergers(tx, kind, mergers);
}

const ENTITIES: Readonly<Record<NamedKind, ChangeEntity>> = { author: 'AUTHOR', topic: 'TOPIC' };
