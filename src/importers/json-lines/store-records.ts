/** Records as the rooms take them: what they derive from one another is derived anew. */
import { sql } from 'drizzle-orm';
import { type StoredArticle, storeArticles } from '../../articles';
import { cleanHtml, type ParsedBody, parseBody } from '../../articles/body';
import { storeAuthors } from '../../authors';
import { storeCategories } from '../../categories';
import { restoreChanges } from '../../changes';
import { storeCollections } from '../../collections';
import { storeComments } from '../../comments';
import type { Actor } from '../../core/actor';
import type { Instant } from '../../core/clock';
import type { Tx } from '../../database';
import { storeImages } from '../../images';
import { storeTopics } from '../../topics';
import type { Numbered } from './line-reader';
import type { NewsroomRecord, RecordOf, RecordType } from './record';
import { refuseForeignParents, refuseFormerSlugs, refuseTaken, refuseTakenLanguages } from './taken';

/** A record that is ready to be stored; what it has of HTML has passed the sanitiser. */
export interface Prepared extends Numbered {
  /** Of an article. */
  readonly body?: ParsedBody;
}

export interface StoreScope {
  readonly tx: Tx;
  readonly actor: Actor;
  readonly at: Instant;
}

/** The part of the work that takes the processor, line by line, so that the event loop gets its turns. */
export function prepare({ line, record }: Numbered): Prepared {
  if (record.type === 'article') return { line, record, body: parseBody(record.html) };
  if (record.type === 'comment') return { line, record: { ...record, html: cleanHtml(record.html) } };
  return { line, record };
}

/** Stores records of one type. @throws DatelineError BAD_USER_INPUT when one wants what another has */
export async function storeRecords(scope: StoreScope, records: readonly Prepared[]): Promise<void> {
  const { tx, actor, at } = scope;
  const [images, authors, topics] = [of(records, 'image'), of(records, 'author'), of(records, 'topic')];
  const [categories, redirects] = [of(records, 'category'), of(records, 'redirect')];
  if (images.length > 0) await storeImageRecords(scope, images);
  if (authors.length > 0) {
    await refuseTaken(tx, sql`authors`, 'slug', 'slug', slugs(authors));
    await storeAuthors(
      tx,
      actor,
      at,
      authors.map(({ record: { type, avatar, ...fields } }) => ({ ...fields, avatarId: avatar })),
    );
  }
  if (topics.length > 0) {
    await refuseTaken(tx, sql`topics`, 'slug', 'slug', slugs(topics));
    await storeTopics(
      tx,
      actor,
      at,
      topics.map(({ record: { type, parent, ...fields } }) => ({ ...fields, parentId: parent })),
    );
  }
  if (categories.length > 0) {
    await refuseTaken(tx, sql`categories`, 'slug', 'slug', slugs(categories));
    await storeCategories(
      tx,
      actor,
      at,
      categories.map(({ record: { type, parent, topic, ...fields } }) => ({
        ...fields,
        parentId: parent,
        topicId: topic,
      })),
    );
  }
  if (redirects.length > 0) await storeRedirects(scope, redirects);
  await storeArticleRecords(scope, of(records, 'article'));
  await storeCollectionRecords(scope, of(records, 'collection'));
  await storeRevisions(scope, of(records, 'articleRevision'));
  await storeFormerSlugs(scope, of(records, 'formerSlug'));
  await storeCommentRecords(scope, of(records, 'comment'));
  await storeBookkeeping(scope, records);
}

type Of<T extends RecordType> = Prepared & Numbered<RecordOf<T>>;

async function storeImageRecords({ tx }: StoreScope, images: readonly Of<'image'>[]): Promise<void> {
  const urls = images.map(({ line, record }) => ({ line, value: record.url }));
  await refuseTaken(tx, sql`images`, 'url', 'url', urls);
  await storeImages(
    tx,
    images.map(({ record: { type, ...fields } }) => fields),
  );
}

async function storeRedirects({ tx }: StoreScope, redirects: readonly Of<'redirect'>[]): Promise<void> {
  await refuseTaken(tx, sql`redirects`, 'path', 'path', paths(redirects));
  await tx.insertMany(
    tx.tables.redirects,
    redirects.map(({ record: { path, article, target, permanent } }) => ({
      path,
      articleId: article,
      target,
      permanent,
    })),
  );
}

async function storeArticleRecords(
  { tx, actor, at }: StoreScope,
  articles: readonly Of<'article'>[],
): Promise<void> {
  if (articles.length === 0) return;
  await refuseTaken(tx, sql`articles`, 'slug', 'slug', slugs(articles));
  await refuseTaken(tx, sql`articles`, 'path', 'path', paths(articles));
  await refuseTakenLanguages(tx, articles);
  await storeArticles(tx, actor, at, articles.map(storedArticle));
}

function storedArticle({ record, body }: Of<'article'>): StoredArticle {
  const { type, id, revision, translationGroup, ...rest } = record;
  const { createdBy, revisedAt, revisedBy, revisedOp, previewEpoch, corrections, removedTopics, ...content } =
    rest;
  const { leadImage, primaryCategory, authors, categories, topics, html, ...fields } = content;
  return {
    id,
    revision,
    translationGroup,
    made: { createdBy, revisedAt, revisedBy, revisedOp, previewEpoch },
    corrections,
    removedTopics,
    fields: { ...fields, leadImageId: leadImage, primaryCategoryId: primaryCategory },
    body: body ?? parseBody(html),
    authorIds: authors,
    categoryIds: categories,
    topics: topics.map(({ topic, ...mark }) => ({ ...mark, topicId: topic })),
  };
}

async function storeCollectionRecords(
  { tx, actor, at }: StoreScope,
  collections: readonly Of<'collection'>[],
): Promise<void> {
  if (collections.length === 0) return;
  await refuseTaken(tx, sql`collections`, 'slug', 'slug', slugs(collections));
  await storeCollections(
    { tx, actor, at },
    collections.map(({ record: { type, ...fields } }) => fields),
  );
}

async function storeRevisions(
  { tx }: StoreScope,
  revisions: readonly Of<'articleRevision'>[],
): Promise<void> {
  await tx.insertMany(
    tx.tables.articleRevisions,
    revisions.map(({ record: { type, article, ...fields } }) => ({ ...fields, articleId: article })),
  );
}

async function storeFormerSlugs({ tx }: StoreScope, formerSlugs: readonly Of<'formerSlug'>[]): Promise<void> {
  if (formerSlugs.length === 0) return;
  await refuseFormerSlugs(tx, formerSlugs);
  await tx.insertMany(
    tx.tables.formerSlugs,
    formerSlugs.map(({ record: { slug, of } }) => ({ kind: of.kind, slug, localId: of.key })),
  );
}

async function storeCommentRecords(
  { tx, actor, at }: StoreScope,
  comments: readonly Of<'comment'>[],
): Promise<void> {
  if (comments.length === 0) return;
  await refuseForeignParents(tx, comments);
  await storeComments(
    tx,
    actor,
    at,
    comments.map(({ record: { type, article, parent, ...fields } }) => ({
      ...fields,
      articleId: article,
      parentId: parent,
    })),
  );
}

async function storeBookkeeping({ tx, at }: StoreScope, records: readonly Prepared[]): Promise<void> {
  const { commentEvents, commentPrivate, commentReports, commentRevisions, commenterMarks } = tx.tables;
  const { apiKeys, entitlements, importKeys, settings } = tx.tables;
  const [privates, credentials] = [of(records, 'commentPrivate'), of(records, 'apiKey')];
  const keys = of(records, 'importKey');
  const [values, changes] = [of(records, 'setting'), of(records, 'change')];
  if (privates.length > 0) {
    await tx.insertMany(
      commentPrivate,
      privates.map(({ record: { type, comment, writtenAt, ...fields } }) => ({
        ...fields,
        commentId: comment,
        writtenAt: writtenAt ?? at,
      })),
    );
  }
  await tx.insertMany(
    commentRevisions,
    of(records, 'commentVersion').map(({ record: { type, comment, ...fields } }) => ({
      ...fields,
      commentId: comment,
    })),
  );
  await tx.insertMany(
    commentEvents,
    of(records, 'commentDecision').map(({ record: { type, comment, ...fields } }) => ({
      ...fields,
      commentId: comment,
    })),
  );
  await tx.insertMany(
    commentReports,
    of(records, 'commentReport').map(({ record: { type, comment, ...fields } }) => ({
      ...fields,
      commentId: comment,
    })),
  );
  const marks = of(records, 'commenterMark');
  await tx.insertMany(
    commenterMarks,
    marks.map(({ record: { type, ...fields } }) => fields),
  );
  if (credentials.length > 0) {
    await tx.insertMany(
      apiKeys,
      credentials.map(({ record: { type, proof, entitlements: _, ...fields } }) => fields),
    );
    await tx.insertMany(
      entitlements,
      credentials.flatMap(({ record }) => record.entitlements.map((each) => ({ ...each, keyId: record.id }))),
    );
  }
  if (keys.length > 0) {
    await tx.insertMany(
      importKeys,
      keys.map(({ record: { type, ...fields } }) => fields),
    );
  }
  for (const { record } of values) {
    const { name, value } = record;
    await tx
      .insert(settings)
      .values({ name, value })
      .onConflictDoUpdate({ target: settings.name, set: { value } });
  }
  if (changes.length > 0) {
    await restoreChanges(
      tx,
      changes.map(({ record: { type, ...fields } }) => fields),
    );
  }
}

function of<T extends RecordType>(records: readonly Prepared[], type: T): Of<T>[] {
  return records.filter((each): each is Of<T> => isOf(each.record, type));
}

function isOf<T extends RecordType>(record: NewsroomRecord, type: T): record is RecordOf<T> {
  return record.type === type;
}

function slugs(
  records: readonly Numbered<RecordOf<'author' | 'topic' | 'category' | 'article' | 'collection'>>[],
) {
  return records.map(({ line, record }) => ({ line, value: record.slug }));
}

function paths(records: readonly Numbered<RecordOf<'article' | 'redirect'>>[]) {
  return records.map(({ line, record }) => ({ line, value: record.path }));
}
