import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { describeEngine } from '../support/engines';
import { longestGap } from '../support/event-loop';

describeEngine('sqlite', 'transactions', (store) => {
  test('run one after the other, in the order in which they were asked for', async () => {
    const db = await store.open();
    const events: string[] = [];
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        db.write(async (tx) => {
          events.push(`begin ${n}`);
          if (n % 3 === 0) await delay(n % 4);
          await tx.insert(tx.tables.settings).values({ name: `s${n}`, value: '' });
          tx.beforeCommit(async () => void events.push(`end ${n}`));
        }),
      ),
    );
    expect(events).toEqual(Array.from({ length: 30 }, (_, n) => [`begin ${n}`, `end ${n}`]).flat());
  });

  test('a long one and many short ones leave the event loop to others', async () => {
    const db = await store.open();
    const start = performance.now();
    const { gap } = await longestGap(async () => {
      await db.write(async (tx) => {
        for (let n = 0; n < 10_000; n++) {
          await tx.execute(sql`insert into settings (name, value) values (${`s${n}`}, 'x')`);
        }
      });
      await db.write((tx) =>
        tx.insertMany(
          tx.tables.authors,
          Array.from({ length: 20_000 }, (_, n) => ({ slug: `a${n}`, name: 'A', sortName: 'a' })),
        ),
      );
      await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          db.write((tx) => tx.execute(sql`insert into settings (name, value) values (${`t${n}`}, 'x')`)),
        ),
      );
    });
    // The disk may hold up a commit; what must not be is one long turn.
    expect(gap).toBeLessThan(Math.max(250, (performance.now() - start) / 3));
  });
});

describeEngine('sqlite', 'what is read in one go', (store) => {
  test('is of one instant, and what is read next knows what happened meanwhile', async () => {
    const db = await store.open();
    const other = new Sqlite(store.url());
    const count = async () => (await db.rows<{ n: number }>(sql`select count(*) as n from settings`))[0]?.n;
    const before = await count();
    const first = count();
    other.exec("insert into settings (name, value) values ('meanwhile', 'x')");
    expect([await first, await count()]).toEqual([before, (before ?? 0) + 1]);
    const together = [count()];
    other.exec("insert into settings (name, value) values ('again', 'x')");
    together.push(count());
    expect(new Set(await Promise.all(together)).size).toBe(1);
    expect(await count()).toBe((before ?? 0) + 2);
    other.close();
  });

  test('goes on where one of the statements fails', async () => {
    const db = await store.open();
    const wrong = db.rows(sql`select nothing from settings`);
    const right = db.rows(sql`select count(*) as n from settings`);
    await expect(wrong).rejects.toThrow();
    expect(await right).toHaveLength(1);
    expect(await db.rows(sql`select 1 as n`)).toEqual([{ n: 1 }]);
  });
});
