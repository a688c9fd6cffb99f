/**
 * The only place that writes articles. Everything goes through it in bulk: the importer with a thousand at a
 * time, an editor with one. It keeps the article, its body, its ties, the counts and the change log in step,
 * in the caller's transaction.
 */
import { sql } from 'drizzle-orm';
import { type Change, recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { type ChangeOp, freeNames, reserveKeys, type Tx, WrittenJson } from '../database';
import { handOver } from '../indexing';
import { leaveTraces, lockAddresses } from './article.addresses';
import { isRedated, noteAgenda, noteAgendaAnew } from './article.agenda';
import { type ArticleContent, type ArticleUpdate, type ContentBody, storedStatus } from './article.content';
import { addTies, keepingCoverage, type Listing, refreshListings, replaceTies } from './article.ties';
import { written } from './article.written';
import { whereItWas } from './revisions/changed';
import { type Intention, intentionsOf, keepRevisions } from './revisions/supersede';

/** An article with what is otherwise the store's to give, e.g. from another Dateline. */
export interface StoredArticle extends ArticleContent {
  readonly id: number;
  readonly revision: number;
  readonly translationGroup: number | null;
  /** Who has made it what it is, where that is not who stores it. */
  readonly made?: Made;
  readonly corrections?: readonly { readonly at: Instant; readonly text: string }[];
  /** Topics that an editor has taken from it. */
  readonly removedTopics?: readonly number[];
}

export interface Made {
  readonly createdBy: string;
  readonly revisedAt: Instant;
  readonly revisedBy: string;
  readonly revisedOp: ChangeOp;
  readonly previewEpoch: number;
}

/**
 * Stores new articles and returns their keys in the same order. A slug or path that is taken gets a suffix.
 */
export async function insertArticles(
  tx: Tx,
  actor: Actor,
  at: Instant,
  contents: readonly ArticleContent[],
): Promise<number[]> {
  await lockAddresses(tx);
  const slugs = await freeNames(
    tx,
    'articles',
    'slug',
    contents.map(({ fields }) => fields.slug),
  );
  const paths = await freeNames(
    tx,
    'articles',
    'path',
    contents.map(({ fields }) => fields.path),
  );
  const ids = await reserveKeys(tx, tx.tables.articles, contents.length);
  const articles = contents.map(
    ({ fields, ...content }, index): StoredArticle => ({
      ...content,
      id: ids[index] ?? 0,
      revision: 1,
      translationGroup: null,
      fields: { ...fields, slug: slugs[index] ?? fields.slug, path: paths[index] ?? fields.path },
    }),
  );
  return keepingCoverage(
    tx,
    [],
    async () => {
      await storeArticles(tx, actor, at, articles);
      return ids;
    },
    () => ids,
  );
}

/**
 * Stores articles under the keys, revisions and addresses that they bring: nobody may have them yet. Who calls
 * it for a whole archive calls `countCoverage` after the last of them, and `continueKeys` where the keys are
 * not from `reserveKeys`.
 */
export async function storeArticles(
  tx: Tx,
  actor: Actor,
  at: Instant,
  articles: readonly StoredArticle[],
): Promise<void> {
  const rows = articles.map((article) => {
    const { fields, id, revision, translationGroup, made } = article;
    const status = storedStatus(fields, at);
    const op: ChangeOp = status === 'PUBLISHED' ? 'PUBLISH' : 'CREATE';
    const makers = { createdBy: actor.name, revisedAt: at, revisedBy: actor.name, revisedOp: op, ...made };
    return { ...fields, ...makers, ...written(article), id, revision, translationGroup, status };
  });
  await tx.insertMany(tx.tables.articles, rows);
  await tx.insertMany(
    tx.tables.articleBodies,
    articles.map(({ id, body }) => bodyRow(id, body)),
  );
  await tx.insertMany(
    tx.tables.articleCorrections,
    articles.flatMap(({ id, corrections = [] }) => corrections.map((each) => ({ ...each, articleId: id }))),
  );
  await addTies(
    tx,
    articles.map(({ fields, id, authorIds, categoryIds, topics }) => ({
      ...fields,
      id,
      authorIds,
      categoryIds,
      topics,
    })),
  );
  await tx.insertMany(
    tx.tables.removedTopics,
    articles.flatMap(({ id, removedTopics = [] }) =>
      removedTopics.map((topicId) => ({ articleId: id, topicId })),
    ),
  );
  await noteAgenda(tx, at, rows);
  handOver(
    tx,
    articles.flatMap(({ id, fields: { publishedAt }, authorIds, topics, analysed }) => {
      const topicIds = topics.map(({ topicId }) => topicId);
      return analysed ? { article: { id, publishedAt, authorIds, topicIds }, texts: analysed } : [];
    }),
  );
  recordChanges(
    tx,
    actor,
    at,
    rows.map(({ id, revision, status }) => ({
      entity: 'ARTICLE',
      entityId: id,
      op: status === 'PUBLISHED' ? 'PUBLISH' : 'CREATE',
      revision,
      isNew: true,
    })),
  );
}

/**
 * Changes articles, each under the revision that its writer has seen, and raises their revisions by one; what
 * they were before is kept in their revisions. The path follows a new slug where it was made of the old one, and
 * old addresses lead to the new ones. An edit that changes nothing is none.
 * @returns the revisions that they have now
 * @throws VersionConflict when one of them has changed since; DatelineError NOT_FOUND when it is not there.
 * Then the transaction must be given up.
 */
export async function updateArticles(
  tx: Tx,
  actor: Actor,
  at: Instant,
  updates: readonly ArticleUpdate[],
): Promise<number[]> {
  if (updates.length === 0) return [];
  const all = await intentionsOf(tx, at, updates);
  const intentions = all.filter(({ isNothing }) => !isNothing);
  const ids = intentions.map(({ id }) => id);
  await keepRevisions(tx, intentions);
  await keepingCoverage(
    tx,
    ids,
    async () => {
      const listings: Listing[] = [];
      for (const intention of intentions) listings.push(await updateRow(tx, actor, at, intention));
      await refreshListings(tx, listings);
      const redated = intentions.flatMap(({ before }, index) => {
        const after = listingAt(listings, index);
        return isRedated(before, after) ? [after] : [];
      });
      await noteAgendaAnew(tx, at, redated);
      await replaceTies(
        tx,
        intentions.map(({ update: { authorIds, categoryIds, topics } }, index) => ({
          ...listingAt(listings, index),
          ...(authorIds ? { authorIds } : {}),
          ...(categoryIds ? { categoryIds } : {}),
          ...(topics ? { topics } : {}),
        })),
      );
      recordChanges(tx, actor, at, intentions.map(changeOf));
    },
    () => ids,
  );
  return all.map(({ before, isNothing }) => before.revision + (isNothing ? 0 : 1));
}

async function updateRow(tx: Tx, actor: Actor, at: Instant, intention: Intention): Promise<Listing> {
  const { articles, articleBodies } = tx.tables;
  const { id, before, fields, body, update } = intention;
  const row = {
    ...{ updatedAt: at, ...fields, ...written(update) },
    ...{ revision: before.revision + 1, revisedAt: at, revisedBy: actor.name, revisedOp: update.op },
  };
  await tx.update(articles).set(row).where(sql`${articles.id} = ${id}`);
  await leaveTraces(tx, id, before, { ...before, ...fields });
  if (body) {
    const { articleId, ...columns } = bodyRow(id, body);
    await tx.update(articleBodies).set(columns).where(sql`${articleBodies.articleId} = ${articleId}`);
  }
  return { ...before, ...fields };
}

function changeOf({ id, before, changed, state, update: { op, payload } }: Intention): Change {
  const was = whereItWas(state, changed);
  return {
    entity: 'ARTICLE',
    entityId: id,
    op,
    revision: before.revision + 1,
    payload: { changed, ...(Object.keys(was).length === 0 ? {} : { was }), ...payload },
  };
}

function bodyRow(articleId: number, { html, text, blocks, wordCount }: ContentBody) {
  const stored = blocks instanceof WrittenJson ? blocks.stored : [...blocks];
  return { articleId, html, text, blocks: stored, wordCount };
}

function listingAt(listings: readonly Listing[], index: number): Listing {
  const listing = listings[index];
  if (!listing) throw new Error('One row an update');
  const { id, kind, status, publishedAt, embargoUntil, expiresAt } = listing;
  return { id, kind, status, publishedAt, embargoUntil, expiresAt };
}
