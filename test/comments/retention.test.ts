import { commentRetention } from '../../src/comments';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import type { Turn } from '../../src/jobs';
import { ACTORS } from '../support/actors';
import { NOW } from '../support/archive';
import { BOX, plainComment, storeComments } from '../support/discussions';
import { describeEachEngine } from '../support/engines';
import { GUEST, Readers, storePublished } from '../support/readers';

const DAY = 24 * 3_600_000;

describeEachEngine('private data of old comments', (store) => {
  let db: Database;

  const turn = (): Turn => ({
    now: NOW,
    signal: new AbortController().signal,
    write: (work) => db.write(work),
  });

  test('is purged after its time; a keyed hash stays, by which a person is found', async () => {
    db = await store.open();
    await storePublished(db, 1, { publishedAt: NOW - 1_000 * DAY });
    const written = (days: number) =>
      plainComment(1, { email: 'old@private.example', ip: '203.0.113.7', createdAt: NOW - days * DAY });
    const [old, young] = await storeComments(db, [
      written(181),
      written(179),
      ...Array.from({ length: 600 }, () => written(400)),
    ]);
    const guests = new Readers(db, { clock: heldClock(NOW - 300 * DAY + 1) }).from('203.0.113.8');
    const { comment } = await new Readers(db, { clock: heldClock(NOW) })
      .from('203.0.113.8')
      .written(1, 'Young');
    await guests.send('reportComment', { id: comment.id, reason: 'OTHER', details: 'An old report' });
    const readers = new Readers(db, { actor: ACTORS.reader, clock: heldClock(NOW - 200 * DAY) });
    await readers.send('reportComment', { id: comment.id, reason: 'OTHER', details: 'Another one' });
    const late = new Readers(db, { clock: heldClock(NOW) }).from('203.0.113.10');
    await late.send('reportComment', { id: comment.id, reason: 'OTHER', details: 'A young report' });
    const { commentPrivate: p, commentReports: r } = db.tables;
    const kept = async (id: number | undefined) =>
      (await db.select().from(p)).find(({ commentId }) => commentId === id);

    const job = commentRetention({ privateRetention: 180 * DAY });
    expect(await job.due(null, NOW)).toBe(NOW);
    await job.run(turn());
    const emailHash = BOX.hash('old@private.example');
    expect(await kept(old)).toMatchObject({ emailSealed: null, ipHash: null, emailHash });
    expect(BOX.open((await kept(young))?.emailSealed ?? '')).toBe('old@private.example');
    expect((await db.select().from(p)).filter(({ emailSealed }) => emailSealed !== null)).toHaveLength(2);
    const reports = await db.select().from(r).orderBy(r.at);
    expect(reports).toMatchObject([{ details: null }, { details: null }, { details: 'A young report' }]);
    expect(reports.map(({ reporter }) => reporter)).toEqual([
      expect.stringMatching(/^guest:/),
      ACTORS.reader.name,
      BOX.hash('203.0.113.10'),
    ]);
    // Under the secret of the newsroom a person is found although nobody could read the address any more.
    const [row] = (await db.select().from(p)).filter(
      ({ emailSealed }) => emailSealed !== null && emailSealed !== undefined,
    );
    expect(row).toBeDefined();
    await db.write(async (tx) => void (await tx.update(p).set({ emailSealed: null })));
    const moderator = new Readers(db, { actor: ACTORS.moderator });
    const exported = await moderator.call<{ comments: object[] }>(
      'exportCommenter',
      { email: GUEST.email },
      'comments { id email }',
    );
    expect(exported.comments).toEqual([{ id: comment.id, email: null }]);
    const erased = await moderator.call('eraseCommenter', { email: GUEST.email }, 'erasedComments');
    expect(erased).toMatchObject({ erasedComments: 1 });
    expect(await guests.read(globalId('Comment', old ?? 0))).not.toBeNull();
  });

  test('is kept for ever where a newsroom says so, and rates are forgotten once they count no more', async () => {
    db = await store.open();
    await storePublished(db, 1, { publishedAt: NOW - 1_000 * DAY });
    await storeComments(db, [plainComment(1, { email: 'old@private.example', createdAt: 0 })]);
    await new Readers(db, { clock: heldClock(NOW - DAY) }).from('203.0.113.8').written(1, 'Yesterday');
    await new Readers(db, { clock: heldClock(NOW) }).from('203.0.113.9').written(1, 'Now', {
      guest: { name: 'B', email: 'b@private.example' },
    });
    await commentRetention({ privateRetention: null }).run(turn());
    expect(
      (await db.select().from(db.tables.commentPrivate)).every(({ emailSealed }) => emailSealed !== null),
    ).toBe(true);
    expect(await db.select().from(db.tables.rates)).toHaveLength(1);
  });
});
