/** What is remembered of commenters by keyed hashes: bans, and that somebody was erased. */
import { sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import { prepared, type Reader, type Tx, toJson } from '../database';

/** Whether a ban holds for one of the marks. */
export async function bannedAmong(reader: Reader, marks: readonly string[], now: Instant): Promise<boolean> {
  if (marks.length === 0) return false;
  return (await bannedMarks(reader, { marks, now })).length > 0;
}

/** Those of the marks whose people were erased. */
export async function erasedAmong(reader: Reader, marks: readonly string[]): Promise<ReadonlySet<string>> {
  if (marks.length === 0) return new Set();
  return new Set((await erased(reader, { marks })).map(({ mark }) => mark));
}

/** @param until null for ever */
export async function markBanned(
  tx: Tx,
  marks: readonly string[],
  ban: { readonly at: Instant; readonly until: Instant | null; readonly by: string },
): Promise<void> {
  await tx.execute(
    sql`insert into commenter_marks (mark, banned_at, banned_until, banned_by)
        select r.mark, r.banned_at, r.banned_until, r.banned_by from ${tx.portable.rows('rows', 'r', { mark: 'text', banned_at: 'bigint', banned_until: 'bigint', banned_by: 'text' })} where true
        on conflict (mark) do update set banned_at = excluded.banned_at, banned_until = excluded.banned_until, banned_by = excluded.banned_by`,
    {
      rows: toJson(
        marks.map((mark) => ({ mark, banned_at: ban.at, banned_until: ban.until, banned_by: ban.by })),
      ),
    },
  );
}

export async function liftBan(tx: Tx, marks: readonly string[]): Promise<void> {
  const { commenterMarks: m } = tx.tables;
  await tx.execute(
    sql`update commenter_marks set banned_at = null, banned_until = null, banned_by = null where ${tx.portable.among(m.mark, 'marks')}`,
    { marks: [...marks] },
  );
}

export async function markErased(tx: Tx, marks: readonly string[], at: Instant): Promise<void> {
  await tx.execute(
    sql`insert into commenter_marks (mark, erased_at)
        select r.mark, r.erased_at from ${tx.portable.rows('rows', 'r', { mark: 'text', erased_at: 'bigint' })} where true
        on conflict (mark) do update set erased_at = coalesce(commenter_marks.erased_at, excluded.erased_at)`,
    { rows: toJson(marks.map((mark) => ({ mark, erased_at: at }))) },
  );
}

/** Those of the marks for which a ban holds. */
export const bannedMarks = prepared<
  { marks: readonly string[]; now: Instant },
  Pick<Tx['tables']['commenterMarks'], 'mark'>
>(({ tables: { commenterMarks: m }, portable }) => ({
  select: { mark: m.mark },
  from: sql`${m} where ${portable.among(m.mark, 'marks')} and ${m.bannedAt} is not null and (${m.bannedUntil} is null or ${m.bannedUntil} > ${sql.placeholder('now')})`,
}));

const erased = prepared<{ marks: readonly string[] }, Pick<Tx['tables']['commenterMarks'], 'mark'>>(
  ({ tables: { commenterMarks: m }, portable }) => ({
    select: { mark: m.mark },
    from: sql`${m} where ${portable.among(m.mark, 'marks')} and ${m.erasedAt} is not null`,
  }),
);
