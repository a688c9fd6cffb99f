import { sql } from 'drizzle-orm';
import { updateArticles } from '../articles';
import { restateComments } from '../comments';
import { prepared, type Tx } from '../database';
import { goneFingerprint } from './article-fingerprint';
import { GONE_COMMENT } from './comment-fingerprint';
import { findKeys, type ImportKey, saveKeys } from './import-keys';
import type { ReportKind } from './import-report';
import type { ImportScope } from './import-scope';
import type { GoneRecord } from './import-source';
import { isUntouched } from './sort-articles';

/**
 * Withdraws what is no longer there. What was edited here since is reported and stays; what is withdrawn already,
 * or was never public, stays as it is.
 */
export async function importGone(tx: Tx, scope: ImportScope, batch: readonly GoneRecord[]): Promise<void> {
  await withdrawArticles(
    tx,
    scope,
    batch.filter(({ what }) => what === 'article'),
  );
  await hideComments(
    tx,
    scope,
    batch.filter(({ what }) => what === 'comment').map(({ externalId }) => externalId),
  );
}

async function withdrawArticles(tx: Tx, scope: ImportScope, gone: readonly GoneRecord[]): Promise<void> {
  const { source, report, actor, at } = scope;
  const keys = await findKeys(
    tx,
    source,
    'article',
    gone.map(({ externalId }) => externalId),
  );
  const rows = await articlesNow(tx, { ids: [...keys.values()].map(({ localId }) => localId) });
  const current = new Map(rows.map((row) => [row.id, row]));
  const left: ImportKey[] = [];
  const withdrawn: { key: ImportKey; reason: string; revision: number }[] = [];
  for (const { externalId, reason } of gone) {
    const key = keys.get(externalId);
    const row = key && current.get(key.localId);
    if (key === undefined || row === undefined) continue;
    const kind: ReportKind = row.kind === 'PAGE' ? 'pages' : 'articles';
    if (row.status === 'WITHDRAWN') left.push(key);
    else if (isUntouched(row, key)) {
      withdrawn.push({ key, reason, revision: row.revision });
      report.count(kind, 'updated');
      report.reason(`withdrawn: ${reason}`);
    } else {
      report.count(kind, 'failed');
      const message = `"${row.title}" was edited here since it was imported, and is left as it is although ${reason}`;
      report.note({ line: 0, lost: true, message });
    }
  }
  await updateArticles(
    tx,
    actor,
    at,
    withdrawn.map(({ key, reason, revision }) => ({
      id: key.localId,
      expectedRevision: revision,
      op: 'WITHDRAW',
      fields: { status: 'WITHDRAWN', withdrawnAt: at, withdrawalNote: `WordPress: ${reason}` },
    })),
  );
  await saveKeys(tx, source, 'article', [
    ...left.map((key) => ({ ...key, fingerprint: goneFingerprint(key.fingerprint) })),
    ...withdrawn.map(({ key, revision }) => ({
      ...key,
      fingerprint: goneFingerprint(key.fingerprint),
      revision: revision + 1,
    })),
  ]);
}

const articlesNow = prepared<{ ids: readonly number[] }, ReturnType<typeof articleColumns>>(
  ({ tables, portable }) => ({
    select: articleColumns(tables),
    from: sql`${tables.articles} where ${portable.among(tables.articles.id, 'ids')}`,
  }),
);

function articleColumns({ articles: a }: Tx['tables']) {
  return {
    id: a.id,
    kind: a.kind,
    status: a.status,
    revision: a.revision,
    title: a.title,
  };
}

/** One that a moderator here has dealt with since is theirs. */
async function hideComments(
  tx: Tx,
  { source, report, actor, at }: ImportScope,
  gone: readonly string[],
): Promise<void> {
  const keys = [...(await findKeys(tx, source, 'comment', gone)).values()];
  const restated = await restateComments(
    tx,
    actor,
    at,
    keys.map(({ localId, revision }) => ({ id: localId, expectedVersion: revision, status: 'REJECTED' })),
  );
  const now = new Map(restated.map((each) => [each.id, each]));
  const hidden = keys.flatMap((key) => {
    const done = now.get(key.localId);
    return done ? [{ ...key, fingerprint: GONE_COMMENT, revision: done.version }] : [];
  });
  await saveKeys(tx, source, 'comment', hidden);
  const changed = restated.filter((each) => each.changed).length;
  if (changed === 0) return;
  report.count('comments', 'updated', changed);
  report.reason('comments hidden: they are no longer shown there', changed);
}
