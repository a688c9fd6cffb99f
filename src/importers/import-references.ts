import { topicsOfCategories } from '../categories';
import { lock, type Tx } from '../database';
import { loginKey } from './author-logins';
import type { CategoryIndex } from './category-index';
import { importAuthors } from './import-authors';
import { importCategories } from './import-categories';
import { findKeys, type ImportKey, type KeyKind } from './import-keys';
import type { ImportScope } from './import-scope';
import { importTopics } from './import-topics';
import type { PreparedArticle } from './prepare-article';
import { topicKey } from './subject-topics';
import type { ImportCoAuthor, ImportTermReference } from './wordpress';

type Keys = ReadonlyMap<string, ImportKey>;

/** What the articles of a batch refer to, as far as it is here. */
export interface References {
  /** By what logins are known by. */
  readonly authors: Keys;
  /** By slug. */
  readonly categories: Keys;
  /** What categories stand for, or those above them: the topic's key by the category's. */
  readonly categoryTopics: ReadonlyMap<number, number>;
  /** By taxonomy and slug. */
  readonly topics: Keys;
  /** By the id over there. */
  readonly images: Keys;
  readonly index: CategoryIndex;
}

/** Finds what articles refer to, and brings what they name although the source never declares it. */
export async function resolveReferences(
  tx: Tx,
  scope: ImportScope,
  batch: readonly PreparedArticle[],
  index: CategoryIndex,
): Promise<References> {
  const authors = await authorsOf(tx, scope, batch);
  const categories = await categoriesOf(tx, scope, batch);
  const topics = await topicsOf(tx, scope, batch);
  const ids = [...categories.values()].map(({ localId }) => localId);
  await lock(tx, 'IMAGES', 'SHARED');
  return {
    authors,
    categories,
    categoryTopics: await topicsOfCategories(tx, ids),
    topics,
    images: await findKeys(
      tx,
      scope.source,
      'image',
      batch.flatMap(({ leadImageId }) => leadImageId ?? []),
    ),
    index,
  };
}

/** Who has written an article, in the order of the byline. */
export function writersOf({ authorLogin, coAuthors = [] }: PreparedArticle): readonly ImportCoAuthor[] {
  if (coAuthors.length > 0 || authorLogin === null) return coAuthors;
  return [{ login: authorLogin, name: authorLogin }];
}

/** Tags and custom terms. */
export function termsOf({ tags, terms }: PreparedArticle): ImportTermReference[] {
  return [...tags, ...terms];
}

/** WXR 1.0 declares no authors; it only names their logins. */
async function authorsOf(tx: Tx, scope: ImportScope, batch: readonly PreparedArticle[]): Promise<Keys> {
  const named = batch.flatMap((article) =>
    writersOf(article).map(({ login, name }) => ({
      ...{ key: loginKey(scope.box, login), login, name, line: article.line },
    })),
  );
  return withUndeclared(tx, scope, 'author', named, (missing) =>
    importAuthors(
      tx,
      scope,
      missing.map(({ login, name, line }) => ({
        kind: 'author',
        line,
        externalId: login,
        login,
        displayName: name,
        email: null,
      })),
    ),
  );
}

async function categoriesOf(tx: Tx, scope: ImportScope, batch: readonly PreparedArticle[]): Promise<Keys> {
  const named = batch.flatMap(({ categories, line }) =>
    categories.map((category) => ({ key: category.slug, category, line })),
  );
  return withUndeclared(tx, scope, 'category', named, (missing) =>
    importCategories(
      tx,
      scope,
      missing.map(({ category, line }) => ({
        ...{ kind: 'category', line, externalId: null, slug: category.slug, name: category.name },
        ...{ description: null, parentSlug: null },
      })),
    ),
  );
}

async function topicsOf(tx: Tx, scope: ImportScope, batch: readonly PreparedArticle[]): Promise<Keys> {
  const named = batch.flatMap((article) =>
    termsOf(article).map((term) => ({ key: topicKey(term), term, line: article.line })),
  );
  return withUndeclared(tx, scope, 'topic', named, (missing) =>
    importTopics(
      tx,
      scope,
      missing.map(({ term, line }) => ({ ...term, line, description: null, parentSlug: null })),
    ),
  );
}

async function withUndeclared<T extends { readonly key: string }>(
  tx: Tx,
  { source }: ImportScope,
  kind: KeyKind,
  named: readonly T[],
  bring: (missing: readonly T[]) => Promise<void>,
): Promise<Keys> {
  const wanted = named.map(({ key }) => key);
  const known = await findKeys(tx, source, kind, wanted);
  const missing = new Map(named.filter(({ key }) => !known.has(key)).map((each) => [each.key, each]));
  if (missing.size === 0) return known;
  await bring([...missing.values()]);
  return findKeys(tx, source, kind, wanted);
}
