import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import fc from 'fast-check';
import { type BatchedComment, importComments } from '../../src/comments';
import { type Placement, placements, type ThreadedComment } from '../../src/comments/comment';
import { SecretBox } from '../../src/core/sealed';
import type { CommentStatus, Database } from '../../src/database';
import { ARCHIVIST, archivePlans, at, NOW, storeArchive } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';

const statuses = fc.constantFrom<CommentStatus[]>(
  'APPROVED',
  'APPROVED',
  'PENDING',
  'SPAM',
  'REJECTED',
  'DELETED',
);

/** Any parents at all: missing ones, itself, circles. */
const discussions: fc.Arbitrary<ThreadedComment[]> = fc
  .array(fc.tuple(fc.option(fc.integer({ min: 1, max: 14 })), statuses), { maxLength: 12 })
  .map((all) => all.map(([parentId, status], index) => ({ id: index + 1, parentId, status })));

describe('the places of comments', () => {
  test('hold together, whatever answers what', () => {
    fc.assert(
      fc.property(discussions, (discussion) => {
        const placed = placements(discussion);
        expect([...placed.keys()].sort((a, b) => a - b)).toEqual(discussion.map(({ id }) => id));
        for (const { id, status } of discussion) {
          const { parentId, rootId, depth, visible, replyCount } = place(placed, id);
          const parent = parentId === null ? null : place(placed, parentId);
          expect(rootId).toBe(parent === null ? id : parent.rootId);
          expect(depth).toBe(parent === null ? 0 : parent.depth + 1);
          const replies = discussion.filter((other) => place(placed, other.id).parentId === id);
          const shown = replies.filter((reply) => place(placed, reply.id).visible);
          expect(replyCount).toBe(shown.length);
          expect(visible).toBe(status === 'APPROVED' || shown.length > 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('keep every parent that is there, except in a circle', () => {
    fc.assert(
      fc.property(discussions, (discussion) => {
        const placed = placements(discussion);
        const parents = new Map(discussion.map(({ id, parentId }) => [id, parentId]));
        for (const { id, parentId } of discussion) {
          const kept = parentId !== null && parents.has(parentId) && !answersItself(parents, id);
          expect(place(placed, id).parentId).toBe(kept ? parentId : null);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are found by as many steps for each in a thread of a hundred thousand as in a short one', () => {
    const thread = (length: number) =>
      Array.from({ length }, (_, index) => ({
        ...{ id: index + 1, parentId: index === 0 ? null : index },
        status: index === length - 1 ? ('APPROVED' as const) : ('PENDING' as const),
      }));
    const steps = (length: number) => lookups(() => placements(thread(length))) / length;
    expect(steps(100_000)).toBeLessThan(1.1 * steps(1_000));
    const placed = placements(thread(100_000));
    expect(place(placed, 100_000)).toMatchObject({ depth: 99_999, rootId: 1, visible: true });
    expect(place(placed, 1)).toMatchObject({ visible: true, replyCount: 1 });
  });
});

/** How often something is looked up in a map meanwhile. */
function lookups(work: () => unknown): number {
  const { get } = Map.prototype;
  let count = 0;
  Object.defineProperty(Map.prototype, 'get', {
    value(this: unknown, key: unknown) {
      count++;
      return get.call(this, key);
    },
    ...{ configurable: true, writable: true },
  });
  try {
    work();
  } finally {
    Object.defineProperty(Map.prototype, 'get', { value: get, configurable: true, writable: true });
  }
  return count;
}

function answersItself(parents: ReadonlyMap<number, number | null>, id: number): boolean {
  let above = parents.get(id) ?? null;
  for (let steps = 0; above !== null && steps <= parents.size; steps++) {
    if (above === id) return true;
    above = parents.get(above) ?? null;
  }
  return false;
}

function place(placed: ReadonlyMap<number, Placement>, id: number): Placement {
  const found = placed.get(id);
  if (!found) throw new Error(`Comment ${id} has no place`);
  return found;
}

const box = new SecretBox('a secret of at least 32 characters');
const ADDRESS = 'Amina.Durrani@private.example';
const IP = '203.0.113.77';

const comment = (articleId: number, fields: Partial<BatchedComment> = {}): BatchedComment => ({
  ...{ articleId, parentId: null, authorName: 'Amina', authorKind: 'GUEST', status: 'APPROVED' },
  ...{ text: 'Well said.', html: '<p>Well said.</p>', createdAt: NOW, email: ADDRESS, ip: IP },
  ...fields,
});

describeEachEngine('imported comments', (store) => {
  let db: Database;
  const plan = at(fc.sample(archivePlans({ min: 3, max: 3 }), { numRuns: 1, seed: 2 }), 0);

  const imported = (batch: readonly BatchedComment[]) =>
    db.write((tx) => importComments(tx, ARCHIVIST, NOW, box, batch));

  const opened = async () => {
    db = await store.open();
    await storeArchive(db, plan);
  };

  test('are counted and placed as a recount says, in however many batches they come', async () => {
    const batches = fc.array(
      fc.array(
        fc.record({
          articleId: fc.integer({ min: 1, max: 2 }),
          status: statuses,
          answers: fc.option(fc.nat()),
        }),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        await opened();
        const stored: number[] = [];
        for (const batch of all) {
          const asked = batch.map(({ articleId, status, answers }, index) => {
            const pick = answers === null ? -1 : answers % (stored.length + batch.length);
            const parent =
              pick === -1 || pick === stored.length + index
                ? {}
                : pick < stored.length
                  ? { parentId: at(stored, pick) }
                  : { parentInBatch: pick - stored.length };
            return comment(articleId, { status, ...parent });
          });
          stored.push(...(await imported(asked)));
          await expectRecounted(db);
        }
      }),
      bounded(8),
    );
  }, 60_000);

  test('that are hidden and were answered hold their thread together', async () => {
    await opened();
    const [top] = await imported([comment(1, { status: 'SPAM' })]);
    const { comments } = db.tables;
    const seen = async () =>
      (await db.select().from(comments).orderBy(comments.id)).map(({ visible, replyCount }) => [
        visible,
        replyCount,
      ]);
    expect(await seen()).toEqual([[false, 0]]);
    await imported([comment(1, { parentId: top ?? 0, status: 'PENDING' })]);
    expect(await seen()).toEqual([
      [false, 0],
      [false, 0],
    ]);
    await imported([comment(1, { parentId: (top ?? 0) + 1 })]);
    expect(await seen()).toEqual([
      [true, 1],
      [true, 1],
      [true, 0],
    ]);
    expect(await countOf(db, 1)).toBe(1);
  });

  test('whose parent is missing, or in another discussion, or answers them, stand at the top', async () => {
    await opened();
    const [elsewhere] = await imported([comment(2)]);
    await imported([
      comment(1, { parentId: 4711 }),
      comment(1, { parentId: elsewhere ?? 0 }),
      comment(1, { parentInBatch: 3 }),
      comment(1, { parentInBatch: 2 }),
      comment(1, { parentInBatch: 4 }),
    ]);
    const { comments } = db.tables;
    const rows = await db.select().from(comments).where(sql`${comments.articleId} = 1`);
    for (const row of rows)
      expect(row).toMatchObject({ parentId: null, rootId: row.id, depth: 0, visible: true });
    expect(await countOf(db, 1)).toBe(5);
  });

  test('leave addresses nowhere but sealed, where their own people can read them', async () => {
    await opened();
    await imported([comment(1), comment(1, { email: null }), comment(1, { email: null, ip: null })]);
    const everything = await textOfAllTables(db);
    expect(everything).toContain('Well said.');
    for (const secret of [ADDRESS, ADDRESS.toLowerCase(), 'Durrani', 'private.example', IP]) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
      expect(everything).not.toContain(Buffer.from(secret).toString('base64url'));
      expect(everything).not.toContain(Buffer.from(secret).toString('hex'));
    }
    const kept = await db.select().from(db.tables.commentPrivate);
    expect(kept.map(({ emailSealed }) => emailSealed && box.open(emailSealed))).toEqual([ADDRESS, null]);
    expect(kept.map(({ emailHash, ipHash }) => [emailHash, ipHash])).toEqual([
      [box.hash(ADDRESS), box.hash(IP)],
      [null, box.hash(IP)],
    ]);
  });

  test('stand in the change log, each with its key', async () => {
    await opened();
    const ids = await imported([comment(1), comment(2)]);
    const { changes } = db.tables;
    const log = await db
      .select()
      .from(changes)
      .where(sql`${changes.entity} = 'COMMENT'`)
      .orderBy(changes.seq);
    expect(log.map(({ entityId, op, revision }) => [entityId, op, revision])).toEqual(
      ids.map((id) => [id, 'CREATE', 1]),
    );
  });
});

/** What is stored equals what is made of it from scratch. */
async function expectRecounted(db: Database): Promise<void> {
  const rows = await db.select().from(db.tables.comments);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of rows) {
    const parent = row.parentId === null ? null : byId.get(row.parentId);
    expect(parent === null || parent?.articleId === row.articleId).toBe(true);
    expect(row.depth).toBe(parent ? parent.depth + 1 : 0);
    expect(row.rootId).toBe(parent ? parent.rootId : row.id);
    const shown = rows.filter((reply) => reply.parentId === row.id && reply.visible);
    expect(row.replyCount).toBe(shown.length);
    expect(row.visible).toBe(row.status === 'APPROVED' || shown.length > 0);
  }
  for (const articleId of [1, 2, 3]) {
    const approved = rows.filter((row) => row.articleId === articleId && row.status === 'APPROVED');
    expect(await countOf(db, articleId)).toBe(approved.length);
  }
}

async function countOf(db: Database, id: number): Promise<number | undefined> {
  const { articles: a } = db.tables;
  const [row] = await db.select({ count: a.commentCount }).from(a).where(sql`${a.id} = ${id}`);
  return row?.count;
}

/** Every value of every row of every table. */
async function textOfAllTables(db: Database): Promise<string> {
  const tables = Object.values(db.tables).filter((table) => is(table, PgTable) || is(table, SQLiteTable));
  expect(tables.length).toBeGreaterThan(15);
  const texts = await Promise.all(
    tables.map(async (table) => {
      const name = getTableName(table);
      return JSON.stringify(await db.rows(sql`select * from ${sql.identifier(name)}`));
    }),
  );
  return texts.join('\n');
}
