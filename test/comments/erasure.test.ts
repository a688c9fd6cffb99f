/** Nothing tells any more who somebody was: a walk over every column of every table. */
import { sql } from 'drizzle-orm';
import { commentRetention, markFormerAccounts } from '../../src/comments';
import { accountIn } from '../../src/comments/commenter';
import type { Actor } from '../../src/core/actor';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { NOW } from '../support/archive';
import { BOX, plainComment, storeComments } from '../support/discussions';
import { describeEachEngine } from '../support/engines';
import { GENEROUS, Readers, storePublished } from '../support/readers';

const GUEST = { name: 'Zarghuna Findme', email: 'Zarghuna.Findme@private.example' };
const ACCOUNT: Actor = { ...ACTORS.reader, name: 'user:findme-subject', displayName: 'Zarghuna Findme' };
const ADDRESS = '203.0.113.77';
const DAY = 86_400_000;

/** In which columns a text can be found, whatever its case: "table.column". */
async function whereIs(db: Database, needle: string): Promise<string[]> {
  const tables = await db.rows<{ name: string }>(
    db.engine === 'sqlite'
      ? sql`select name from sqlite_master where type = 'table'`
      : sql`select table_name as name from information_schema.tables where table_schema = current_schema()`,
  );
  const found = new Set<string>();
  for (const { name } of tables)
    for (const row of await db.rows<Record<string, unknown>>(sql`select * from ${sql.identifier(name)}`))
      for (const [column, value] of Object.entries(row)) {
        const text = value instanceof Uint8Array ? Buffer.from(value).toString() : JSON.stringify(value);
        if (text?.toLowerCase().includes(needle.toLowerCase())) found.add(`${name}.${column}`);
      }
  return [...found].sort();
}

describeEachEngine('somebody who is erased', (store) => {
  let db: Database;
  let guests: Readers;
  let moderator: Readers;
  const settings = { ...GENEROUS, heldWords: ['waitword'] };

  beforeEach(async () => {
    db = await store.open();
    await storePublished(db, 3);
    guests = new Readers(db, { comments: settings }).from(ADDRESS);
    moderator = guests.as(ACTORS.moderator);
  });

  const report = (who: Readers, id: string, details: string) =>
    who.send('reportComment', { id, reason: 'PERSONAL_INFORMATION', details });
  const decide = (id: string, version: number, to: string, reason: string) =>
    moderator.call(
      'moderateComments',
      { items: [{ id, expectedVersion: version }], to, reason },
      'results { userErrors { code } }',
    );

  /** Leaves traces wherever somebody can. */
  const leaveTraces = async (who: Readers, fields: object) => {
    const { comment, editToken } = await who.written(1, 'SECRETWORDS of the first version', {
      ...{ idempotencyKey: 'zarghuna-findme-1' },
      ...fields,
    });
    const edit = { id: comment.id, expectedVersion: 1, editToken };
    await who.send('editComment', { ...edit, body: 'SECRETWORDS of the second version' });
    await guests.from('198.51.100.9').written(1, 'A reply', { parentId: comment.id });
    await report(guests.from('198.51.100.9'), comment.id, 'That is Zarghuna Findme, SECRETWORDS');
    await decide(comment.id, 2, 'REJECTED', 'SECRETWORDS of Zarghuna Findme');
    const { comment: own, editToken: token } = await who.written(2, 'SECRETWORDS taken back', fields);
    await decide(own.id, 1, 'SPAM', 'SECRETWORDS about what is taken back');
    await decide(own.id, 2, 'APPROVED', 'SECRETWORDS again');
    await who.send('deleteComment', { id: own.id, editToken: token });
    await who.written(2, 'SECRETWORDS and waitword', fields);
    const { comment: other } = await guests
      .from('198.51.100.9')
      .written(3, 'Of another', { guest: { name: 'Another', email: 'other@private.example' } });
    await report(who, other.id, 'SECRETWORDS by me, Zarghuna Findme');
    return { comment, other };
  };

  test('as a guest cannot be found by name, address, network or words; the ban goes on', async () => {
    const { comment, other } = await leaveTraces(guests, { guest: GUEST });
    await storeComments(db, [
      plainComment(1, { authorName: GUEST.name, email: GUEST.email, ip: ADDRESS, text: 'SECRETWORDS old' }),
    ]);
    await moderator.call('banCommenter', { commentId: comment.id, address: true }, 'banned');
    const network = BOX.hash(ADDRESS);
    const before = await Promise.all([GUEST.name, 'SECRETWORDS', network].map((each) => whereIs(db, each)));
    expect(before).toEqual([
      ['comment_events.reason', 'comment_reports.details', 'comments.author_name'],
      [
        'comment_events.reason',
        'comment_reports.details',
        'comment_revisions.html',
        'comment_revisions.text',
        'comments.html',
        'comments.text',
      ],
      ['comment_private.ip_hash', 'comment_reports.reporter', 'commenter_marks.mark', 'rates.name'],
    ]);

    const erased = await moderator.call('eraseCommenter', { email: GUEST.email }, 'erasedComments');
    expect(erased).toMatchObject({ erasedComments: 4, userErrors: [] });
    for (const needle of ['Zarghuna', 'findme', 'SECRETWORDS', ADDRESS, network, 'waitword'])
      expect([needle, await whereIs(db, needle)]).toEqual([needle, []]);
    expect(await whereIs(db, BOX.hash(GUEST.email))).toEqual(['commenter_marks.mark']);
    // What others wrote stays, and so does what was reported of it, without what was said.
    expect(await moderator.read(other.id)).toMatchObject({
      ...{ body: { text: 'Of another' } },
      moderation: { reportCount: 1, reports: [{ reason: 'PERSONAL_INFORMATION', details: null }] },
    });
    const words = (guest: object) => guests.written(3, `Words ${JSON.stringify(guest)}`, { guest });
    expect(await words(GUEST)).toMatchObject({ outcome: 'HELD' });
    expect(await words({ name: 'Neighbour', email: 'n@private.example' })).toMatchObject({
      outcome: 'PUBLISHED',
    });
  });

  test('with an account cannot be found by it, in the change log neither; the ban goes on', async () => {
    const reader = guests.as(ACCOUNT);
    const { comment, other } = await leaveTraces(reader, {});
    await moderator.call('banCommenter', { commentId: comment.id }, 'banned');
    expect(await whereIs(db, ACCOUNT.name)).toEqual([
      'changes.actor',
      'comment_private.account',
      'comment_reports.reporter',
      'rates.name',
    ]);
    const entries = (await db.select().from(db.tables.changes)).length;
    const erased = await moderator.call('eraseCommenter', { commentId: comment.id }, 'erasedComments');
    expect(erased).toMatchObject({ erasedComments: 3, userErrors: [] });
    for (const needle of ['Zarghuna', 'findme', 'SECRETWORDS', ADDRESS, BOX.hash(ADDRESS), 'waitword'])
      expect([needle, await whereIs(db, needle)]).toEqual([needle, []]);
    const { accountHash } = accountIn(BOX, ACCOUNT.name);
    expect(await whereIs(db, accountHash ?? '')).toEqual(['commenter_marks.mark']);
    // Who did what is still told apart, and what moderators did is theirs.
    const log = await db.select().from(db.tables.changes);
    expect(log.length).toBeGreaterThan(entries);
    const nobodies = new Set(log.flatMap(({ actor }) => (actor.startsWith('erased:') ? [actor] : [])));
    expect(nobodies.size).toBe(1);
    expect(log.some(({ actor, op }) => actor.startsWith('erased:') && op === 'REPORT')).toBe(true);
    expect(log.filter(({ actor }) => actor === ACTORS.moderator.name).length).toBeGreaterThan(3);
    expect(await moderator.read(other.id)).toMatchObject({ moderation: { reportCount: 1 } });
    expect(await reader.written(3, 'Back again')).toMatchObject({ outcome: 'HELD' });
  });

  test('and has left nothing but a comment is erased with it', async () => {
    const [id = 0] = await storeComments(db, [
      plainComment(1, { authorName: '', text: 'SECRETWORDS of nobody' }),
    ]);
    const commentId = globalId('Comment', id);
    const erase = () => moderator.call('eraseCommenter', { commentId }, 'erasedComments');
    expect(await erase()).toMatchObject({ erasedComments: 1 });
    expect(await whereIs(db, 'SECRETWORDS')).toEqual([]);
    expect(await erase()).toMatchObject({ erasedComments: 0 });
  });

  test('bans of networks end when network addresses do, and bans that are over are forgotten', async () => {
    const { comment } = await guests.written(1, 'Of a network', { guest: GUEST });
    const ban = { commentId: comment.id, address: true };
    await moderator.call('banCommenter', ban, 'banned');
    const marks = async () =>
      new Map((await db.select().from(db.tables.commenterMarks)).map((row) => [row.mark, row.bannedUntil]));
    expect(await marks()).toEqual(
      new Map([
        [BOX.hash(GUEST.email), null],
        [BOX.hash(ADDRESS), NOW + 180 * DAY],
      ]),
    );
    const sweep = (now: number) =>
      commentRetention({ privateRetention: null }).run({
        ...{ now, signal: new AbortController().signal },
        write: (work) => db.write(work),
      });
    await sweep(NOW + 180 * DAY - 1);
    expect((await marks()).size).toBe(2);
    await sweep(NOW + 180 * DAY);
    expect([...(await marks()).keys()]).toEqual([BOX.hash(GUEST.email)]);
    await moderator.call('banCommenter', { commentId: comment.id, banned: false }, 'banned');
    expect((await marks()).size).toBe(0);
    // For as long as the moderator says, where that is less.
    await moderator.call('banCommenter', { ...ban, until: new Date(NOW + DAY).toISOString() }, 'banned');
    expect([...(await marks()).values()]).toEqual([NOW + DAY, NOW + DAY]);
  });

  test('accounts that an earlier Dateline has banned by name stay banned by their mark', async () => {
    const { commenterMarks } = db.tables;
    const ban = { bannedAt: NOW, bannedUntil: null, bannedBy: 'user:moderator' };
    await db.write(async (tx) => {
      await tx.insert(commenterMarks).values({ mark: ACCOUNT.name, ...ban });
    });
    await markFormerAccounts(db, BOX);
    const marks = await db.select().from(commenterMarks);
    expect(marks).toEqual([{ mark: accountIn(BOX, ACCOUNT.name).accountHash, ...ban, erasedAt: null }]);
    expect(await guests.as(ACCOUNT).written(1, 'Still banned')).toMatchObject({ outcome: 'HELD' });
    await markFormerAccounts(db, BOX);
    expect(await db.select().from(commenterMarks)).toEqual(marks);
  });
});
