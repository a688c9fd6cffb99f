import { sql } from 'drizzle-orm';
import { restateComments } from '../comments';
import { prepared, type Tables, type Tx } from '../database';
import { GONE_COMMENT } from './comment-fingerprint';
import { saveKeys } from './import-keys';
import type { ImportScope } from './import-scope';
import type { PreparedArticle } from './prepare-article';

/**
 * Hides what an earlier run has brought and the articles no longer have: it was deleted over there, or is spam, which
 * no export tells of. It is shown again when it is back.
 * @param unseen articles that this transaction has made: none of theirs can be missing
 */
export async function hideAbsentComments(
  tx: Tx,
  { source, report, actor, at }: ImportScope,
  batch: readonly PreparedArticle[],
  articleKeys: ReadonlyMap<string, number>,
  unseen: ReadonlySet<number>,
): Promise<void> {
  const told = batch.filter(({ commentsTold }) => commentsTold === 'ALL');
  const articles = told
    .flatMap(({ externalId }) => articleKeys.get(externalId) ?? [])
    .filter((id) => !unseen.has(id));
  if (articles.length === 0) return;
  const present = new Set(told.flatMap(({ comments }) => comments.map(({ externalId }) => externalId)));
  const brought = await broughtComments(tx, { source, articles });
  const absent = brought.filter(
    ({ externalId, fingerprint }) => !present.has(externalId) && fingerprint !== GONE_COMMENT,
  );
  const restated = await restateComments(
    tx,
    actor,
    at,
    absent.map(({ localId, revision }) => ({ id: localId, expectedVersion: revision, status: 'REJECTED' })),
  );
  const now = new Map(restated.map((each) => [each.id, each]));
  const hidden = absent.flatMap((key) => {
    const done = now.get(key.localId);
    return done ? [{ ...key, fingerprint: GONE_COMMENT, revision: done.version }] : [];
  });
  await saveKeys(tx, source, 'comment', hidden);
  const changed = restated.filter((each) => each.changed).length;
  if (changed === 0) return;
  report.count('comments', 'updated', changed);
  report.reason('comments hidden: they are no longer there', changed);
}

/** Comments of articles that an import from the source has brought. */
const broughtComments = prepared<{ source: string; articles: number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.comments} join ${tables.importKeys} on ${tables.importKeys.kind} = 'comment' and ${tables.importKeys.localId} = ${tables.comments.id} where ${portable.among(tables.comments.articleId, 'articles')} and ${tables.importKeys.source} = ${sql.placeholder('source')}`,
  }),
);

function columns({ importKeys: k }: Tables) {
  return {
    ...{ externalId: k.externalId, localId: k.localId },
    ...{ fingerprint: k.fingerprint, revision: k.revision },
  };
}
