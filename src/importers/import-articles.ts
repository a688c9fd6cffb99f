import { type ArticleUpdate, followNames, insertArticles, redirectPaths, updateArticles } from '../articles';
import type { Tx } from '../database';
import { withSubjects } from './article-fingerprint';
import type { CategoryIndex } from './category-index';
import { formerPaths, hasPath } from './former-paths';
import { importArticleComments } from './import-comments';
import { contentOf, topicMarks } from './import-content';
import { addKeys, findKeys, type ImportKey, saveKeys } from './import-keys';
import { type References, resolveReferences, termsOf } from './import-references';
import type { ImportScope } from './import-scope';
import { importTranslations } from './import-translations';
import type { PreparedArticle } from './prepare-article';
import { type KnownArticle, kindOf, sortArticles } from './sort-articles';
import { leaveGroups, noteAddresses } from './stored-articles';
import { tagContents, tagUpdates, topicsNamed } from './tag-articles';

/** Stores a batch of articles with their comments: what is new, and what has changed over there since. */
export async function importArticles(
  tx: Tx,
  scope: ImportScope,
  batch: readonly PreparedArticle[],
  categories: CategoryIndex,
): Promise<void> {
  await followNames(tx, scope.tagger);
  const references = await resolveReferences(tx, scope, batch, categories);
  const known = await findKeys(
    tx,
    scope.source,
    'article',
    batch.map(({ externalId }) => externalId),
  );
  const writing = new ArticleBatch(tx, scope, references);
  const sorted = await sortArticles(tx, scope, batch, known, writing.fingerprintOf);
  const created = await writing.create(sorted.created);
  const changed = await writing.update(sorted.changed);
  const written = [...sorted.seen, ...changed, ...(await writing.retag(sorted.retagged))];
  await addKeys(tx, scope.source, 'article', created);
  await saveKeys(tx, scope.source, 'article', written);
  const keys = new Map([...known.values(), ...created].map((key) => [key.externalId, key.localId]));
  await writing.keepFormerPaths([...sorted.created, ...sorted.changed.map(({ article }) => article)], keys);
  const unseen = new Set(created.map(({ localId }) => localId));
  await importTranslations(tx, scope, batch, keys, unseen);
  await importArticleComments(tx, scope, batch, keys, unseen);
}

/** Writes the articles of one batch. */
class ArticleBatch {
  constructor(
    private readonly tx: Tx,
    private readonly scope: ImportScope,
    private readonly references: References,
  ) {}

  /** Of the article as it came, and of what the gazetteer knows it by. */
  readonly fingerprintOf = (article: PreparedArticle): string => {
    const { gazetteer } = this.scope;
    const entries = [
      ...termsOf(article).map(({ name }) => gazetteer.meant(name)),
      ...article.categories.map((category) => this.references.index.entryOf(category)),
    ];
    return withSubjects(
      article.fingerprint,
      entries.flatMap((entry) => entry?.id ?? []),
    );
  };

  async create(articles: readonly PreparedArticle[]): Promise<ImportKey[]> {
    const { tx, scope, references } = this;
    const contents = await tagContents(
      tx,
      scope,
      articles.map((article) => contentOf(article, scope, references)),
      articles.map(({ words }) => words),
    );
    const ids = await insertArticles(tx, scope.actor, scope.at, contents);
    await noteAddresses(tx, scope, articles, contents, ids);
    return articles.map((article, index) => {
      scope.report.count(kindOf(article), 'created');
      return this.keyOf(article, ids[index] ?? 0, 1);
    });
  }

  async update(known: readonly KnownArticle[]): Promise<ImportKey[]> {
    const { tx, scope } = this;
    const updates = await tagUpdates(
      tx,
      scope,
      known.map((each) => this.updateOf(each)),
    );
    await leaveGroups(
      tx,
      known.filter(({ now }, index) => {
        const language = updates[index]?.fields?.language;
        return language !== undefined && language !== now.language;
      }),
    );
    const revisions = await updateArticles(tx, scope.actor, scope.at, updates);
    return known.map((each, index) => this.updated(each, revisions[index]));
  }

  /** Gives articles the topics that the gazetteer has for them now. */
  async retag(known: readonly KnownArticle[]): Promise<ImportKey[]> {
    const { tx, scope, references } = this;
    const topics = await topicsNamed(
      tx,
      scope,
      known.map(({ article, now: { id, language } }) => {
        const fields = { title: article.title, standfirst: article.excerpt, language };
        const topics = topicMarks(article, scope, references);
        return { id, fields, body: article.body, topics, words: article.words };
      }),
    );
    const updates = known.map(
      ({ now: { id, revision } }, index): ArticleUpdate => ({
        ...{ id, expectedRevision: revision, op: 'RETAG', topics: topics[index] ?? [] },
      }),
    );
    const revisions = await updateArticles(tx, scope.actor, scope.at, updates);
    return known.map((each, index) => this.updated(each, revisions[index]));
  }

  async keepFormerPaths(
    articles: readonly PreparedArticle[],
    keys: ReadonlyMap<string, number>,
  ): Promise<void> {
    const former = articles.flatMap((article) => formerPaths(article, keys.get(article.externalId) ?? 0));
    await redirectPaths(this.tx, former);
  }

  private updateOf({ article, now }: KnownArticle): ArticleUpdate {
    const { scope } = this;
    const head = { id: now.id, expectedRevision: now.revision };
    if (article.status === 'WITHDRAWN') {
      const withdrawalNote = 'Moved to the bin in WordPress';
      const fields = { status: article.status, withdrawnAt: scope.at, withdrawalNote };
      return { ...head, op: 'WITHDRAW', fields };
    }
    const { fields, analysed: _anew, ...content } = contentOf(article, scope, this.references);
    const { path, createdAt: _stays, ...rest } = fields;
    const appears = article.status === 'PUBLISHED' && now.status !== 'PUBLISHED';
    return {
      ...head,
      ...content,
      op: appears ? 'PUBLISH' : 'UPDATE',
      // Without a path of its own it stays where it is, or goes where its slug goes.
      fields: hasPath(article.path) ? { ...rest, path } : rest,
    };
  }

  private updated({ article, now }: KnownArticle, revision = now.revision): ImportKey {
    this.scope.report.count(kindOf(article), 'updated');
    return this.keyOf(article, now.id, revision);
  }

  private keyOf(article: PreparedArticle, localId: number, revision: number): ImportKey {
    return {
      externalId: article.externalId,
      localId,
      revision,
      fingerprint: this.fingerprintOf(article),
    };
  }
}
