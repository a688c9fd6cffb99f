/** What articles refer to: authors, categories, topics, images. Brought before the articles themselves. */
import { saveAuthors } from '../authors';
import { reparentCategories, saveCategories } from '../categories';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { slugify } from '../core/text';
import type { Tx } from '../database';
import type { Gazetteer } from '../gazetteer';
import { saveImages } from '../images';
import { addTopics } from '../topics';
import { findKeys, type ImportKey, type KeyKind, saveKeys } from './import-keys';
import type { ImportReport, ReportKind } from './import-report';
import { subjectFingerprint } from './subject-fingerprint';
import type { ImportAuthor, ImportCategory, ImportImage, ImportTerm } from './wordpress';

/** Who imports, from where, and into which report. */
export interface ImportScope {
  readonly actor: Actor;
  readonly at: Instant;
  /** Names the other system: keys are remembered under it. */
  readonly source: string;
  /** The language of what does not tell its own. */
  readonly language: string;
  readonly report: ImportReport;
  /** What tags and categories are recognised by. */
  readonly gazetteer: Gazetteer;
  readonly edited: EditedHere;
}

/**
 * What becomes of something that was edited here since it was imported, and has changed over there as well:
 * REPORT leaves it and counts it as lost, THEIRS overwrites it, OURS leaves it and says that it is settled.
 */
export type EditedHere = 'REPORT' | 'THEIRS' | 'OURS';

export async function importAuthors(
  tx: Tx,
  scope: ImportScope,
  authors: readonly ImportAuthor[],
): Promise<void> {
  await bring(
    tx,
    scope,
    'author',
    'authors',
    authors,
    (author) => author.login,
    (changed) =>
      saveAuthors(
        tx,
        scope.actor,
        scope.at,
        changed.map(({ login, displayName }) => ({
          slug: slugify(login),
          name: displayName || login,
          bio: null,
          avatarId: null,
        })),
      ),
  );
  await rememberNumbers(tx, scope, authors);
}

/** An API calls authors by their numbers, and may keep their logins to itself. */
async function rememberNumbers(
  tx: Tx,
  { source }: ImportScope,
  authors: readonly ImportAuthor[],
): Promise<void> {
  const numbers = authors.map(({ externalId }) => externalId);
  const known = await findKeys(tx, source, 'author-number', numbers);
  const fresh = authors.filter(({ externalId, login }) => known.get(externalId)?.fingerprint !== login);
  await saveKeys(
    tx,
    source,
    'author-number',
    fresh.map(({ externalId, login }) => ({ externalId, localId: 0, fingerprint: login, revision: 0 })),
  );
}

/** All of the site's at once, because a child may stand before its parent. */
export async function importCategories(
  tx: Tx,
  scope: ImportScope,
  categories: readonly ImportCategory[],
): Promise<void> {
  await bring(
    tx,
    scope,
    'category',
    'categories',
    categories,
    ({ slug }) => slug,
    (changed) =>
      saveCategories(
        tx,
        scope.actor,
        scope.at,
        changed.map(({ slug, name, description }) => ({
          slug,
          name,
          description,
          parentId: null,
          topicId: null,
          position: 0,
        })),
      ),
  );
  const keys = await findKeys(
    tx,
    scope.source,
    'category',
    categories.map(({ slug }) => slug),
  );
  const parents = new Map<number, number | null>();
  for (const { slug, parentSlug, line } of categories) {
    const id = keys.get(slug)?.localId;
    const parent = parentSlug === null ? null : (keys.get(parentSlug)?.localId ?? null);
    if (parentSlug !== null && parent === null) {
      scope.report.note({
        line,
        lost: true,
        message: `Category "${slug}": its parent "${parentSlug}" is not in the file`,
      });
    }
    if (id !== undefined) parents.set(id, parent);
  }
  await reparentCategories(tx, scope.actor, scope.at, parents);
}

export async function importTopics(tx: Tx, scope: ImportScope, terms: readonly TopicTerm[]): Promise<void> {
  await bring(tx, scope, 'topic', 'topics', terms, topicKey, (changed) =>
    addTopics(
      tx,
      scope.actor,
      scope.at,
      changed.map(({ slug, name, description }) => ({
        slug,
        kind: 'SUBJECT' as const,
        parentId: null,
        description,
        wikidataId: null,
        names: [{ language: scope.language, name: name || slug, aliases: [] }],
      })),
    ),
  );
}

/** A tag or custom term: declared by the file, or only named by an article. */
export type TopicTerm = Pick<ImportTerm, 'line' | 'taxonomy' | 'slug' | 'name' | 'description'>;

export function topicKey({ taxonomy, slug }: { taxonomy: string; slug: string }): string {
  return `${taxonomy}:${slug}`;
}

export async function importImages(
  tx: Tx,
  scope: ImportScope,
  images: readonly ImportImage[],
): Promise<void> {
  await bring(
    tx,
    scope,
    'image',
    'images',
    images,
    ({ externalId }) => externalId,
    (changed) =>
      saveImages(
        tx,
        changed.map(({ url, width, height, alt, caption, credit }) => ({
          url,
          width,
          height,
          alt,
          caption,
          credit,
        })),
      ),
  );
}

/** Writes what is new or has changed since it was last brought, and remembers it. */
async function bring<T extends { readonly line: number }>(
  tx: Tx,
  { source, report }: ImportScope,
  kind: KeyKind,
  reportKind: ReportKind,
  records: readonly T[],
  keyOf: (record: T) => string,
  write: (changed: readonly T[]) => Promise<readonly number[]>,
): Promise<void> {
  const known = await findKeys(tx, source, kind, records.map(keyOf));
  const changed = records.filter(
    (record) => known.get(keyOf(record))?.fingerprint !== subjectFingerprint(record),
  );
  report.count(reportKind, 'unchanged', records.length - changed.length);
  if (changed.length === 0) return;
  const ids = await write(changed);
  const keys = changed.map(
    (record, index): ImportKey => ({
      externalId: keyOf(record),
      localId: ids[index] ?? 0,
      fingerprint: subjectFingerprint(record),
      revision: 0,
    }),
  );
  await saveKeys(tx, source, kind, keys);
  const updated = changed.filter((record) => known.has(keyOf(record))).length;
  report.count(reportKind, 'updated', updated);
  report.count(reportKind, 'created', changed.length - updated);
}
