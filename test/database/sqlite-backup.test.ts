import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { migrate, openDatabase, type SqliteDatabase, type Tx } from '../../src/database';
import { openSqlite } from '../../src/database/open-sqlite';
import { describeEngine } from '../support/engines';
import { longestGap } from '../support/event-loop';
import { KNOWN_MIGRATIONS } from '../support/known-migrations';
import { tempDirectory } from '../support/temp-directory';

const put = (tx: Tx, name: string) =>
  tx.execute(sql`insert into settings (name, value) values (${name}, ${'x'.repeat(2_000)})`);

describeEngine('sqlite', 'a backup', () => {
  let directory: string;
  let db: SqliteDatabase;

  beforeEach(async () => {
    directory = tempDirectory();
    db = openSqlite(join(directory, 'newsroom.db'));
    await migrate(db);
    await db.write(async (tx) => {
      for (let n = 0; n < 10_000; n++) await put(tx, `old${n}`);
    });
  });

  afterEach(() => db.close());

  /** Milliseconds; measured again where it was long, for the machine may have had something else to do. */
  const calmest = async (gap: number) => {
    for (let again = 0; again < 3 && gap >= 250; again++)
      gap = (await longestGap(() => db.backup(join(directory, `again-${again}.db`)))).gap;
    return gap;
  };

  test('made while others write is one instant of the whole, and opens', async () => {
    const target = join(directory, 'copy.db');
    let copying = true;
    let pairs = 0;
    const writer = (async () => {
      while (copying) {
        // The transaction is open while pages are being copied.
        await db.write(async (tx) => {
          await put(tx, `left${pairs}`);
          await delay(1);
          await put(tx, `right${pairs}`);
        });
        pairs++;
      }
    })();
    await delay(10);
    const begun = pairs;
    const shares: number[] = [];
    const { gap } = await longestGap(() => db.backup(target, (share) => shares.push(share)));
    const ended = pairs;
    copying = false;
    await writer;

    expect(ended).toBeGreaterThan(begun);
    expect(await calmest(gap)).toBeLessThan(250);
    expect(shares.at(-1)).toBe(1);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);

    const copy = openDatabase(target);
    await copy.check();
    expect(await migrate(copy)).toEqual({ before: KNOWN_MIGRATIONS, applied: 0 });
    expect(await copy.rows(sql`select integrity_check from pragma_integrity_check`)).toEqual([
      { integrity_check: 'ok' },
    ]);
    const [counts] = await copy.rows<{ old: number; left: number; right: number }>(sql`
      select count(*) filter (where name like 'old%') as old, count(*) filter (where name like 'left%') as "left",
             count(*) filter (where name like 'right%') as "right" from settings`);
    expect(counts?.old).toBe(10_000);
    expect(counts?.left).toBe(counts?.right);
    expect(counts?.left).toBeLessThanOrEqual(ended);
    await copy.close();
    expect(readdirSync(directory).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('never overwrites a file', async () => {
    const target = join(directory, 'precious.db');
    writeFileSync(target, 'precious');
    await expect(db.backup(target)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  test('that is given up leaves nothing behind', async () => {
    const target = join(directory, 'copy.db');
    const attempt = db.backup(target, () => {
      throw new Error('enough');
    });
    await expect(attempt).rejects.toThrow('enough');
    expect(readdirSync(directory).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  test('ends when the database is closed', async () => {
    const target = join(directory, 'copy.db');
    const attempt = expect(db.backup(target)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await delay(1);
    await db.close();
    await attempt;
    expect(existsSync(target)).toBe(false);
  });
});
