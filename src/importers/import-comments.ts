import { adoptReplies, importSealedComments, type SealedComment } from '../comments';
import type { Tx } from '../database';
import { hideAbsentComments } from './absent-comments';
import { changeComments } from './change-comments';
import { addKeys, findKeys, type ImportKey } from './import-keys';
import type { ImportScope } from './import-scope';
import { type IncomingComment, incomingComments, NAMELESS } from './incoming-comments';
import type { PreparedArticle } from './prepare-article';

/**
 * Stores the comments of a batch of articles, each discussion with its threads: what is not here yet, and what has
 * changed over there since.
 * @param unseen the keys of articles that this transaction has made
 */
export async function importArticleComments(
  tx: Tx,
  scope: ImportScope,
  batch: readonly PreparedArticle[],
  articleKeys: ReadonlyMap<string, number>,
  unseen: ReadonlySet<number>,
): Promise<void> {
  const { source, report } = scope;
  const incoming = incomingComments(scope, batch, articleKeys);
  const known = await findKeys(
    tx,
    source,
    'comment',
    incoming.map(({ comment }) => comment.externalId),
  );
  const fresh = incoming.filter(({ comment }) => !known.has(comment.externalId));
  const stored = await store(tx, scope, fresh, known);
  report.count('comments', 'created', fresh.length);
  await adopt(tx, scope, incoming, known, stored);
  await changeComments(tx, scope, incoming, known);
  await hideAbsentComments(tx, scope, batch, articleKeys, unseen);
}

async function store(
  tx: Tx,
  scope: ImportScope,
  fresh: readonly IncomingComment[],
  known: ReadonlyMap<string, ImportKey>,
): Promise<ReadonlyMap<string, number>> {
  const places = new Map(fresh.map(({ comment }, index) => [comment.externalId, index]));
  const rows = fresh.map(({ articleId, comment }): SealedComment => {
    const parent = comment.parentExternalId;
    const inBatch = parent === null ? undefined : places.get(parent);
    const stored = parent === null ? undefined : known.get(parent)?.localId;
    if (parent !== null && inBatch === undefined && stored === undefined) {
      const message = `Comment ${comment.externalId} answers one that is not in the file`;
      scope.report.note({ line: comment.line, lost: false, message });
    }
    const { status, text, safeHtml: html, sender, at } = comment;
    return {
      articleId,
      parentId: stored ?? null,
      parentInBatch: inBatch,
      authorName: comment.authorName ?? NAMELESS,
      authorKind: 'GUEST',
      status,
      text,
      html,
      createdAt: at ?? scope.at,
      sender,
    };
  });
  const ids = await importSealedComments(tx, scope.actor, scope.at, rows);
  await addKeys(
    tx,
    scope.source,
    'comment',
    fresh.map(({ comment: { externalId, fingerprint } }, index) => {
      const localId = ids[index] ?? 0;
      return { externalId, localId, fingerprint, revision: 1 };
    }),
  );
  return new Map(fresh.map(({ comment }, index) => [comment.externalId, ids[index] ?? 0]));
}

/** Comments that answer one which came only now take their place below it. */
async function adopt(
  tx: Tx,
  { actor, at, report }: ImportScope,
  incoming: readonly IncomingComment[],
  known: ReadonlyMap<string, ImportKey>,
  stored: ReadonlyMap<string, number>,
): Promise<void> {
  const replies = incoming.flatMap(({ comment }) => {
    const id = known.get(comment.externalId)?.localId;
    const parentId = stored.get(comment.parentExternalId ?? '');
    return id === undefined || parentId === undefined ? [] : [{ id, parentId }];
  });
  const adopted = await adoptReplies(tx, actor, at, replies);
  if (adopted > 0) report.reason('comments: below the one that they answer, which came only now', adopted);
}
