import { type BatchedComment, importComments, restateComments } from '../comments';
import type { SecretBox } from '../core/sealed';
import type { Tx } from '../database';
import { findKeys, type ImportKey, saveKeys } from './import-keys';
import type { ImportScope } from './import-subjects';
import type { PreparedArticle, PreparedComment } from './prepare-article';

const NAMELESS = 'Anonymous';

/** Stores the comments of a batch of articles that are not here yet, each discussion with its threads. */
export async function importArticleComments(
  tx: Tx,
  scope: ImportScope,
  box: SecretBox,
  batch: readonly PreparedArticle[],
  articleKeys: ReadonlyMap<string, number>,
): Promise<void> {
  const incoming = batch.flatMap((article) => {
    const articleId = articleKeys.get(article.externalId);
    if (articleId === undefined) {
      scope.report.count('comments', 'skipped', article.comments.length);
      return [];
    }
    return article.comments.map((comment) => ({ articleId, comment }));
  });
  const known = await findKeys(
    tx,
    scope.source,
    'comment',
    incoming.map(({ comment }) => comment.externalId),
  );
  const fresh = incoming.filter(({ comment }) => !known.has(comment.externalId));
  const places = new Map(fresh.map(({ comment }, index) => [comment.externalId, index]));
  const rows = fresh.map(({ articleId, comment }): BatchedComment => {
    const parent = comment.parentExternalId;
    const inBatch = parent === null ? undefined : places.get(parent);
    const stored = parent === null ? undefined : known.get(parent)?.localId;
    if (parent !== null && inBatch === undefined && stored === undefined) {
      scope.report.note({
        line: comment.line,
        lost: false,
        message: 'A comment answers one that is not in the file',
      });
    }
    return {
      ...contentOf(comment, scope),
      articleId,
      parentId: stored ?? null,
      ...(inBatch === undefined ? {} : { parentInBatch: inBatch }),
    };
  });
  const ids = await importComments(tx, scope.actor, scope.at, box, rows);
  await saveKeys(
    tx,
    scope.source,
    'comment',
    fresh.map(({ comment }, index) => ({
      externalId: comment.externalId,
      localId: ids[index] ?? 0,
      // Not a hash of the person's words: what is erased later must not be guessable from what is kept.
      fingerprint: comment.status,
      revision: 1,
    })),
  );
  const restated = await restate(
    tx,
    scope,
    known,
    incoming.map(({ comment }) => comment),
  );
  scope.report.count('comments', 'created', fresh.length);
  scope.report.count('comments', 'updated', restated);
  scope.report.count('comments', 'unchanged', incoming.length - fresh.length - restated);
}

/** Approved over there since, or taken down. Returns how many took the new state. */
async function restate(
  tx: Tx,
  { source, actor, at }: ImportScope,
  known: ReadonlyMap<string, ImportKey>,
  comments: readonly PreparedComment[],
): Promise<number> {
  const moved = comments.flatMap(({ externalId, status }) => {
    const key = known.get(externalId);
    return key === undefined || key.fingerprint === status ? [] : [{ key, status }];
  });
  const wanted = moved.map(({ key, status }) => ({
    id: key.localId,
    expectedVersion: key.revision,
    status,
  }));
  const done = new Set(await restateComments(tx, actor, at, wanted));
  const keys = moved.filter(({ key }) => done.has(key.localId));
  await saveKeys(
    tx,
    source,
    'comment',
    keys.map(({ key, status }) => ({ ...key, fingerprint: status, revision: key.revision + 1 })),
  );
  return keys.length;
}

function contentOf(comment: PreparedComment, scope: ImportScope) {
  return {
    authorName: comment.authorName ?? NAMELESS,
    authorKind: 'GUEST' as const,
    status: comment.status,
    text: comment.text,
    html: comment.safeHtml,
    createdAt: comment.at ?? scope.at,
    email: comment.email,
    ip: comment.ip,
  };
}
