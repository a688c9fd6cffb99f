/** What is remembered of commenters by keyed hashes: bans, and that somebody was erased. */
import { sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import { type Database, prepared, type Reader, type Tx, toJson } from '../database';
import { accountIn } from './commenter';

/** Whether a ban holds for one of the marks. */
export async function bannedAmong(reader: Reader, marks: readonly string[], now: Instant): Promise<boolean> {
  if (marks.length === 0) return false;
  return (await bannedMarks(reader, { marks, now })).length > 0;
}

/** The ban that holds longest of those for the marks; null where none holds. */
export async function banOf(
  reader: Reader,
  marks: readonly string[],
  now: Instant,
): Promise<{ readonly since: Instant; readonly until: Instant | null } | null> {
  const bans = marks.length === 0 ? [] : await bannedMarks(reader, { marks, now });
  const [longest] = bans.sort((a, b) => (b.until ?? Infinity) - (a.until ?? Infinity));
  return longest ? { since: longest.since ?? now, until: longest.until } : null;
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

/** Of who was erased it is remembered that they were; of others nothing. */
export async function liftBan(tx: Tx, marks: readonly string[]): Promise<void> {
  const { mark } = tx.tables.commenterMarks;
  const named = { marks: [...marks] };
  await tx.execute(
    sql`update commenter_marks set banned_at = null, banned_until = null, banned_by = null where ${tx.portable.among(mark, 'marks')}`,
    named,
  );
  await tx.execute(
    sql`delete from commenter_marks where erased_at is null and ${tx.portable.among(mark, 'marks')}`,
    named,
  );
}

/** Forgets bans that are over. Returns how many there were, at most `limit`. */
export async function sweepBans(tx: Tx, now: Instant, limit: number): Promise<number> {
  const gone = await tx.rows(
    sql`delete from commenter_marks where mark in (
          select mark from commenter_marks where erased_at is null and banned_until <= ${now} order by banned_until limit ${limit})
        returning mark`,
  );
  return gone.length;
}

/** Accounts stood here by their names once: puts marks in their place. Without any it changes nothing. */
export async function markFormerAccounts(database: Database, box: SecretBox): Promise<void> {
  const { commenterMarks: m } = database.tables;
  const isNamed = sql`${m.mark} like '%:%'`;
  if ((await database.select().from(m).where(isNamed).limit(1)).length === 0) return;
  await database.write(async (tx) => {
    const marks = await tx.delete(m).where(isNamed).returning();
    const rows = marks.map((row) => ({ ...row, mark: accountIn(box, row.mark).accountHash ?? '' }));
    for (const row of rows) await tx.insert(m).values(row).onConflictDoNothing();
  });
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
  ReturnType<typeof banColumns>
>(({ tables, portable }) => {
  const { commenterMarks: m } = tables;
  return {
    select: banColumns(tables),
    from: sql`${m} where ${portable.among(m.mark, 'marks')} and ${m.bannedAt} is not null and (${m.bannedUntil} is null or ${m.bannedUntil} > ${sql.placeholder('now')})`,
  };
});

function banColumns({ commenterMarks: m }: Tx['tables']) {
  return { mark: m.mark, since: m.bannedAt, until: m.bannedUntil };
}

const erased = prepared<{ marks: readonly string[] }, Pick<Tx['tables']['commenterMarks'], 'mark'>>(
  ({ tables: { commenterMarks: m }, portable }) => ({
    select: { mark: m.mark },
    from: sql`${m} where ${portable.among(m.mark, 'marks')} and ${m.erasedAt} is not null`,
  }),
);
