import { type RestatedComment, restateComments } from '../comments';
import type { Tx } from '../database';
import { isSameComment, isSameMedium } from './comment-fingerprint';
import { type ImportKey, saveKeys } from './import-keys';
import type { ImportScope } from './import-scope';
import { type IncomingComment, NAMELESS } from './incoming-comments';

/**
 * Brings what has happened over there to comments that are here: approved, taken down, written anew. One that a
 * moderator here has dealt with since is theirs, unless the run is told otherwise; one that was erased stays so.
 */
export async function changeComments(
  tx: Tx,
  scope: ImportScope,
  incoming: readonly IncomingComment[],
  known: ReadonlyMap<string, ImportKey>,
): Promise<void> {
  const { source, report, actor, at, edited } = scope;
  const old = incoming.flatMap((each) => {
    const key = known.get(each.comment.externalId);
    return key === undefined ? [] : [{ ...each, key }];
  });
  const changed = old.filter(({ key, comment }) => !isSameComment(key.fingerprint, comment.fingerprint));
  const restated = await restateComments(
    tx,
    actor,
    at,
    changed.map(({ key, comment }): RestatedComment => {
      const { authorName, text, safeHtml: html, status, fingerprint } = comment;
      const words = { authorName: authorName ?? NAMELESS, text, html };
      return {
        id: key.localId,
        expectedVersion: edited === 'THEIRS' ? null : key.revision,
        status,
        ...(isSameMedium(key.fingerprint, fingerprint) ? { words } : {}),
      };
    }),
  );
  const now = new Map(restated.map((each) => [each.id, each]));
  await saveKeys(
    tx,
    source,
    'comment',
    changed.flatMap(({ key, comment: { fingerprint } }) => {
      const done = now.get(key.localId);
      return done ? [{ ...key, fingerprint, revision: done.version }] : [];
    }),
  );
  const updated = restated.filter((each) => each.changed).length;
  const left = changed.length - restated.length;
  report.count('comments', 'updated', updated);
  report.count('comments', 'unchanged', old.length - updated);
  if (left > 0) report.reason('comments: moderated here since, and left so', left);
}
