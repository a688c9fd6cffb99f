import { sql } from 'drizzle-orm';
import { type ArticleUpdate, insertArticles, linkTranslations, updateArticles } from '../articles';
import type { SecretBox } from '../core/sealed';
import { prepared, type Tx } from '../database';
import { isUnchanged } from './article-fingerprint';
import { importArticleComments } from './import-comments';
import { contentOf, type References } from './import-content';
import { findKeys, type ImportKey, saveKeys } from './import-keys';
import type { ReportKind } from './import-report';
import { type ImportScope, importTopics, type TopicTerm, topicKey } from './import-subjects';
import type { PreparedArticle } from './prepare-article';

/** Stores a batch of articles with their comments: what is new, and what has changed over there since. */
export async function importArticles(
  tx: Tx,
  scope: ImportScope,
  box: SecretBox,
  batch: readonly PreparedArticle[],
  categorySlugs: ReadonlyMap<string, string>,
): Promise<void> {
  const references = await resolveReferences(tx, scope, batch, categorySlugs);
  const known = await findKeys(
    tx,
    scope.source,
    'article',
    batch.map(({ externalId }) => externalId),
  );
  const { created, changed, reread } = await sortOut(tx, scope, batch, known);
  const written = [
    ...reread,
    ...(await create(tx, scope, created, references)),
    ...(await update(tx, scope, changed, references)),
  ];
  await saveKeys(tx, scope.source, 'article', written);
  const keys = new Map([...known.values(), ...written].map((key) => [key.externalId, key.localId]));
  await linkGroups(tx, scope, batch, keys);
  await importArticleComments(tx, scope, box, batch, keys);
}

interface Changed {
  readonly article: PreparedArticle;
  readonly key: ImportKey;
}

/** What is to be written. The rest is counted here, with the reason why it is not. */
async function sortOut(
  tx: Tx,
  { report }: ImportScope,
  batch: readonly PreparedArticle[],
  known: ReadonlyMap<string, ImportKey>,
): Promise<{ created: PreparedArticle[]; changed: Changed[]; reread: ImportKey[] }> {
  const revisions = await revisionsOf(tx, { ids: [...known.values()].map(({ localId }) => localId) });
  const current = new Map(revisions.map(({ id, revision }) => [id, revision]));
  const created: PreparedArticle[] = [];
  const changed: Changed[] = [];
  const reread: ImportKey[] = [];
  for (const article of batch) {
    const key = known.get(article.externalId);
    if (key === undefined && article.status === 'WITHDRAWN') {
      report.count(kindOf(article), 'skipped');
      report.reason('articles in the bin');
    } else if (key === undefined) {
      created.push(article);
    } else if (isUnchanged(key.fingerprint, article.fingerprint)) {
      report.count(kindOf(article), 'unchanged');
      // The same by another medium: from now on this one's whole text can be compared.
      if (key.fingerprint !== article.fingerprint) reread.push({ ...key, fingerprint: article.fingerprint });
    } else if (current.get(key.localId) === key.revision) {
      changed.push({ article, key });
    } else {
      report.count(kindOf(article), 'failed');
      const message = `"${article.title}" was edited here since it was imported, and is left as it is`;
      report.note({ line: article.line, lost: true, message });
    }
  }
  return { created, changed, reread };
}

const revisionsOf = prepared<{ ids: readonly number[] }, ReturnType<typeof revisionColumns>>(
  ({ tables, portable }) => ({
    select: revisionColumns(tables),
    from: sql`${tables.articles} where ${portable.among(tables.articles.id, 'ids')}`,
  }),
);

function revisionColumns({ articles: a }: Tx['tables']) {
  return { id: a.id, revision: a.revision };
}

async function create(
  tx: Tx,
  scope: ImportScope,
  articles: readonly PreparedArticle[],
  references: References,
): Promise<ImportKey[]> {
  const contents = articles.map((article) => contentOf(article, scope, references));
  const ids = await insertArticles(tx, scope.actor, scope.at, contents);
  return articles.map((article, index) => {
    scope.report.count(kindOf(article), 'created');
    return keyOf(article, ids[index] ?? 0, 1);
  });
}

async function update(
  tx: Tx,
  scope: ImportScope,
  changed: readonly Changed[],
  references: References,
): Promise<ImportKey[]> {
  const updates = changed.map(({ article, key }): ArticleUpdate => {
    const { fields, ...content } = contentOf(article, scope, references);
    const withdrawn = article.status === 'WITHDRAWN';
    return {
      ...content,
      id: key.localId,
      expectedRevision: key.revision,
      op: withdrawn ? 'WITHDRAW' : 'UPDATE',
      fields: withdrawn
        ? { ...fields, withdrawnAt: scope.at, withdrawalNote: 'Moved to the bin in WordPress' }
        : fields,
    };
  });
  await updateArticles(tx, scope.actor, scope.at, updates);
  return changed.map(({ article, key }) => {
    scope.report.count(kindOf(article), 'updated');
    return keyOf(article, key.localId, key.revision + 1);
  });
}

/** Articles of one group translate one another; the group is remembered, since they come in any order. */
async function linkGroups(
  tx: Tx,
  scope: ImportScope,
  batch: readonly PreparedArticle[],
  keys: ReadonlyMap<string, number>,
): Promise<void> {
  const members = batch.flatMap((article) => {
    const id = keys.get(article.externalId);
    return article.translationGroup === null || id === undefined
      ? []
      : [{ article, group: article.translationGroup, id }];
  });
  const groups = await findKeys(
    tx,
    scope.source,
    'group',
    members.map(({ group }) => group),
  );
  const fresh = new Map<string, ImportKey>();
  for (const { group, id } of members) {
    if (!groups.has(group) && !fresh.has(group)) {
      fresh.set(group, { externalId: group, localId: id, fingerprint: '', revision: 0 });
    }
  }
  await saveKeys(tx, scope.source, 'group', [...fresh.values()]);
  for (const { article, group, id } of members) {
    const first = (groups.get(group) ?? fresh.get(group))?.localId ?? id;
    if (!(await linkTranslations(tx, first, id))) {
      const message = `"${article.title}": its group of translations has one in ${article.language} already`;
      scope.report.note({ line: article.line, lost: false, message });
    }
  }
}

async function resolveReferences(
  tx: Tx,
  scope: ImportScope,
  batch: readonly PreparedArticle[],
  categorySlugs: ReadonlyMap<string, string>,
): Promise<References> {
  await importTopics(tx, scope, await undeclared(tx, scope, batch));
  const { source } = scope;
  return {
    categorySlugs,
    authors: await findKeys(
      tx,
      source,
      'author',
      batch.flatMap(({ authorLogin }) => authorLogin ?? []),
    ),
    categories: await findKeys(tx, source, 'category', [
      ...batch.flatMap(({ categories }) => categories.map(({ slug }) => slug)),
      ...batch.flatMap(({ primaryCategoryTermId }) => categorySlugs.get(primaryCategoryTermId ?? '') ?? []),
    ]),
    topics: await findKeys(tx, source, 'topic', batch.flatMap(termsOf).map(topicKey)),
    images: await findKeys(
      tx,
      source,
      'image',
      batch.flatMap(({ leadImageId }) => leadImageId ?? []),
    ),
  };
}

/** Tags that articles carry and the file never declares, as some exporters write it. */
async function undeclared(
  tx: Tx,
  { source }: ImportScope,
  batch: readonly PreparedArticle[],
): Promise<TopicTerm[]> {
  const terms = batch.flatMap((article) =>
    termsOf(article).map((term) => ({ ...term, line: article.line, description: null })),
  );
  const known = await findKeys(tx, source, 'topic', terms.map(topicKey));
  const missing = terms.filter((term) => !known.has(topicKey(term)));
  return [...new Map(missing.map((term) => [topicKey(term), term])).values()];
}

function termsOf({ tags, terms }: PreparedArticle): PreparedArticle['tags'] {
  return [...tags, ...terms];
}

function keyOf(article: PreparedArticle, localId: number, revision: number): ImportKey {
  return { externalId: article.externalId, localId, revision, fingerprint: article.fingerprint };
}

function kindOf(article: PreparedArticle): ReportKind {
  return article.articleKind === 'PAGE' ? 'pages' : 'articles';
}
