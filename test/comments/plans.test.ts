/** What is looked up while comments are written, decided about and forgotten is found by indexes, on both engines. */
import { sql } from 'drizzle-orm';
import { commentRetention } from '../../src/comments';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { HOUR, NOW } from '../support/archive';
import { plainComment, storeComments, storeDiscussions } from '../support/discussions';
import { describeEachEngine, recordStatements } from '../support/engines';
import { GENEROUS, GUEST, Readers, storePublished } from '../support/readers';

/** Of one row, or of few for each newsroom. */
const READ_WHOLE = ['categories', 'feed_head', 'settings', 'sqlite_sequence'];

describeEachEngine('whoever writes comments', (store) => {
  const sent = recordStatements();
  let db: Database;

  beforeAll(async () => {
    db = await store.open(sent);
    await storePublished(db, 40, { categories: [1] }, [null, 0]);
    await storeDiscussions(db, 1_000);
    const known = { email: 'known@private.example', ip: '203.0.113.9' };
    await storeComments(
      db,
      Array.from({ length: 500 }, (_, index) => plainComment(2 + (index % 30), known)),
    );
    // Of tables as small as these SQLite would know that to read them whole costs nothing.
    if (db.engine === 'postgres') await db.analyse();
  }, 60_000);

  const perform = async () => {
    const settings = { ...GENEROUS, trustAfter: 1, reportsToHold: 1 };
    const guests = new Readers(db, { comments: settings }).from('203.0.113.7');
    const [reader, moderator] = [guests.as(ACTORS.reader), guests.as(ACTORS.moderator)];
    const { comment, editToken } = await guests.written(1, 'By a guest', { idempotencyKey: 'a-key-of-mine' });
    const edit = { id: comment.id, expectedVersion: 1, editToken };
    await guests.send('editComment', { ...edit, body: 'By a guest, again' });
    const { comment: own } = await reader.written(1, 'By an account');
    const approved = await moderator.moderate('APPROVED', { ...comment, version: 2 }, own);
    const { comment: reply } = await reader.written(1, 'A reply', { parentId: comment.id });
    await moderator.send('featureComment', { id: comment.id, featured: true });
    await reader.send('reportComment', { id: comment.id, reason: 'SPAM', details: 'It is' });
    await guests.send('reportComment', { id: own.id, reason: 'ABUSE' });
    await reader.send('deleteComment', { id: reply.id });
    const done: object[] = [...approved];
    for (const [mutation, input, selection] of [
      ['setCommenting', { articleId: globalId('Article', 3), mode: 'CLOSED' }, 'article { id }'],
      ['setCategoryCommenting', { categoryId: globalId('Category', 1), mode: 'OPEN' }, 'category { id }'],
      ['setSiteCommenting', { mode: 'OPEN' }, 'mode'],
      ['banCommenter', { commentId: own.id, address: true }, 'banned'],
      ['banCommenter', { email: GUEST.email }, 'banned'],
      ['banCommenter', { email: GUEST.email, banned: false }, 'banned'],
      ['exportCommenter', { commentId: own.id }, 'next comments { id } reports { at } ban { since }'],
      ['exportCommenter', { email: GUEST.email }, 'next earlierVersions { version } decisions { at }'],
      ['eraseCommenter', { commentId: own.id }, 'erasedComments'],
      ['eraseCommenter', { email: GUEST.email }, 'erasedComments'],
    ] as const)
      done.push(await moderator.call(mutation, input, selection));
    await commentRetention({ privateRetention: HOUR }).run({
      ...{ now: NOW + 2 * HOUR, signal: new AbortController().signal },
      write: (work) => db.write(work),
    });
    return done;
  };

  test('reads no table whole, whatever they do', async () => {
    let done: readonly object[] = [];
    const texts = await sent.during(async () => {
      done = await perform();
    });
    expect(done).toHaveLength(12);
    for (const each of done) expect(each).toMatchObject({ userErrors: [] });
    const statements = [...new Set(texts)].filter((text) =>
      /^\s*(select|insert|update|delete|with)\b/i.test(text),
    );
    expect(statements.length).toBeGreaterThan(50);
    const plans = await plansOf(db, statements);
    expect(plans.filter(({ steps }) => steps.some((step) => readsWhole(step, steps)))).toEqual([]);
  }, 60_000);
});

interface Plan {
  readonly text: string;
  readonly steps: readonly string[];
}

/** On PostgreSQL of a table that is too large to be read whole: small ones always are. */
async function plansOf(db: Database, statements: readonly string[]): Promise<Plan[]> {
  return db.write(async (tx) => {
    if (db.engine === 'postgres') await tx.execute(sql`set local enable_seqscan = off`);
    const plans: Plan[] = [];
    for (const text of statements) {
      const explain = db.engine === 'sqlite' ? 'explain query plan' : 'explain (generic_plan)';
      const values = db.engine === 'sqlite' ? Array.from(text.matchAll(/\?/g), () => null) : [];
      const rows = await tx.tuples({ text: `${explain} ${text}`, values });
      plans.push({ text, steps: rows.map((row) => String(row.at(-1))) });
    }
    return plans;
  });
}

function readsWhole(step: string, steps: readonly string[]): boolean {
  const [, table] = /^SCAN (\w+)/.exec(step) ?? /Seq Scan on (\w+)/.exec(step) ?? [];
  if (table === undefined || step.includes('VIRTUAL TABLE') || READ_WHOLE.includes(table)) return false;
  // A derived table: what it is made of stands in the plan by itself.
  return !steps.some((other) => other === `CO-ROUTINE ${table}` || other === `MATERIALIZE ${table}`);
}
