/**
 * The only place that writes articles. Everything goes through it in bulk: the importer with a thousand at a
 * time, an editor with one. It keeps the article, its body, its ties, the counts and the change log in step,
 * in the caller's transaction.
 */
import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { DatelineError } from '../core/errors';
import { VersionConflict } from '../core/refusal';
import { type ChangeOp, freeNames, reserveKeys, type Tx, WrittenJson } from '../database';
import { defaultPath } from './article';
import type { ArticleContent, ArticleFields, ArticleTies, ContentBody } from './article.content';
import { leaveRedirect } from './article.redirects';
import { addTies, keepingCoverage, type Listing, refreshListings, replaceTies } from './article.ties';

/** What becomes of one article; what is absent stays as it is. */
export interface ArticleUpdate extends Partial<ArticleTies> {
  readonly id: number;
  /** The revision that the writer has seen. */
  readonly expectedRevision: number;
  readonly op: ChangeOp;
  readonly fields?: Partial<ArticleFields>;
  readonly body?: ContentBody;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** An article with what is otherwise the store's to give, e.g. from another Dateline. */
export interface StoredArticle extends ArticleContent {
  readonly id: number;
  readonly revision: number;
  readonly translationGroup: number | null;
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
  await tx.insertMany(
    tx.tables.articles,
    articles.map(({ fields, id, revision, translationGroup }) => ({
      ...fields,
      id,
      revision,
      translationGroup,
    })),
  );
  await tx.insertMany(
    tx.tables.articleBodies,
    articles.map(({ id, body }) => bodyRow(id, body)),
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
  recordChanges(
    tx,
    actor,
    at,
    articles.map(({ fields, id, revision }) => ({
      entity: 'ARTICLE',
      entityId: id,
      op: fields.status === 'PUBLISHED' ? 'PUBLISH' : 'CREATE',
      revision,
    })),
  );
}

/**
 * Changes articles, each under the revision that its writer has seen, and raises their revisions by one. The
 * path follows a new slug where it was made of the old one, and a new path leaves a redirect from the old one.
 * @throws VersionConflict when one of them has changed since; DatelineError NOT_FOUND when it is not there.
 * Then the transaction must be given up.
 */
export async function updateArticles(
  tx: Tx,
  actor: Actor,
  at: Instant,
  updates: readonly ArticleUpdate[],
): Promise<void> {
  if (updates.length === 0) return;
  const ids = updates.map(({ id }) => id);
  // First of all: on PostgreSQL this locks the rows, and what is counted below stays as it is.
  const listings: Listing[] = [];
  for (const update of updates) listings.push(await updateRow(tx, at, update));
  await keepingCoverage(
    tx,
    ids,
    async () => {
      await refreshListings(tx, listings);
      await replaceTies(
        tx,
        updates.map(({ authorIds, categoryIds, topics }, index) => ({
          ...listingAt(listings, index),
          ...(authorIds ? { authorIds } : {}),
          ...(categoryIds ? { categoryIds } : {}),
          ...(topics ? { topics } : {}),
        })),
      );
      recordChanges(
        tx,
        actor,
        at,
        updates.map(({ id, op, expectedRevision, payload }) => ({
          entity: 'ARTICLE',
          entityId: id,
          op,
          revision: expectedRevision + 1,
          ...(payload ? { payload } : {}),
        })),
      );
    },
    () => ids,
  );
}

async function updateRow(tx: Tx, at: Instant, update: ArticleUpdate): Promise<Listing> {
  const { articles, articleBodies } = tx.tables;
  const before = await currentOf(tx, update);
  const wanted = addressesOf(before, update.fields ?? {});
  const fields = { ...update.fields, ...(await freeAddresses(tx, before, wanted)) };
  const [row] = await tx
    .update(articles)
    .set({ updatedAt: at, ...fields, revision: update.expectedRevision + 1 })
    .where(sql`${articles.id} = ${update.id} and ${articles.revision} = ${update.expectedRevision}`)
    .returning();
  if (!row) throw conflict((await currentOf(tx, update)).revision);
  if (row.path !== before.path) await leaveRedirect(tx, before.path, row.id, row.path);
  if (update.body) {
    const { articleId, ...body } = bodyRow(update.id, update.body);
    await tx.update(articleBodies).set(body).where(sql`${articleBodies.articleId} = ${articleId}`);
  }
  return row;
}

function conflict(current: number): VersionConflict {
  const message = `The article has changed since you read it. Its revision is now ${current}.`;
  return new VersionConflict(current, message);
}

/**
 * On PostgreSQL two transactions at once would find the same address free, and one of them would fail. Those
 * that give addresses take turns, as on SQLite all do.
 */
async function lockAddresses(tx: Tx): Promise<void> {
  const { settings } = tx.tables;
  await tx
    .insert(settings)
    .values({ name: 'addresses', value: '' })
    .onConflictDoUpdate({ target: settings.name, set: { value: '' } });
}

function addressesOf(before: Addresses, { slug, path }: Partial<ArticleFields>): Partial<Addresses> {
  const follows = slug !== undefined && path === undefined && before.path === defaultPath(before.slug);
  const wanted = follows ? defaultPath(slug) : path;
  return { ...(slug === undefined ? {} : { slug }), ...(wanted === undefined ? {} : { path: wanted }) };
}

/** The addresses that an update asks for, with a suffix where they are taken. */
async function freeAddresses(
  tx: Tx,
  before: Addresses,
  wanted: Partial<Addresses>,
): Promise<Partial<Addresses>> {
  const free: { slug?: string; path?: string } = {};
  for (const column of ['slug', 'path'] as const) {
    const name = wanted[column];
    if (name === undefined || name === before[column]) continue;
    await lockAddresses(tx);
    const [given] = await freeNames(tx, 'articles', column, [name]);
    // Still taken, and the article has a suffix already: it keeps that one.
    const stays = given !== name && isSuffixed(before[column], name);
    if (given !== undefined) free[column] = stays ? before[column] : given;
  }
  return free;
}

/** Whether it is what `freeNames` makes of the name. */
function isSuffixed(given: string, name: string): boolean {
  return given.startsWith(`${name}-`) && /^\d+$/.test(given.slice(name.length + 1));
}

interface Addresses {
  readonly slug: string;
  readonly path: string;
}

async function currentOf(tx: Tx, { id }: ArticleUpdate): Promise<Addresses & { revision: number }> {
  const { articles: a } = tx.tables;
  const [row] = await tx
    .select({ slug: a.slug, path: a.path, revision: a.revision })
    .from(a)
    .where(sql`${a.id} = ${id}`);
  if (!row) throw new DatelineError('NOT_FOUND', 'There is no such article.');
  return row;
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
