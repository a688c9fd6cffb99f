/** What a person is told when they ask for all that is kept of them. */
import type { Actor } from '../../src/core/actor';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { NOW } from '../support/archive';
import { BOX, plainComment, storeComments } from '../support/discussions';
import { describeEachEngine, recordStatements } from '../support/engines';
import { GENEROUS, GUEST, Readers, storePublished } from '../support/readers';

const ACCOUNT: Actor = { ...ACTORS.reader, name: 'user:asks', displayName: 'Asks' };
const FIELDS = `next ban { since until }
  comments { id articleTitle articlePath authorName authorKind email account networkKept status reasons text createdAt editedAt }
  earlierVersions { commentId version text until }
  decisions { commentId at from to reason }
  reports { commentId at reason details }`;

interface Exported {
  readonly comments: readonly { readonly id: string; readonly text: string }[];
  readonly earlierVersions: readonly { readonly commentId: string; readonly version: number }[];
  readonly decisions: readonly { readonly commentId: string; readonly reason: string }[];
  readonly reports: readonly { readonly commentId: string }[];
  readonly next: string | null;
  readonly userErrors: readonly { readonly code: string }[];
}

describeEachEngine('all that is kept of a person', (store) => {
  let db: Database;
  let guests: Readers;
  let moderator: Readers;
  const sent = recordStatements();

  beforeEach(async () => {
    db = await store.open(sent);
    await storePublished(db, 2);
    guests = new Readers(db, { comments: { ...GENEROUS, heldWords: ['wait'] } }).from('203.0.113.7');
    moderator = guests.as(ACTORS.moderator);
  });

  const ask = (input: object) => moderator.call<Exported>('exportCommenter', input, FIELDS);

  test('is what they wrote, what it said before, what became of it, what they reported, and their ban', async () => {
    const reader = guests.as(ACCOUNT);
    const { comment } = await reader.written(1, 'As it was');
    await reader.send('editComment', { id: comment.id, expectedVersion: 1, body: 'As it is: wait' });
    await moderator.moderate('APPROVED', { id: comment.id, version: 2 });
    const { comment: other } = await guests.written(2, 'Of another');
    await reader.send('reportComment', { id: other.id, reason: 'ABUSE', details: 'I was hurt' });
    await guests.from('198.51.100.9').send('reportComment', { id: other.id, reason: 'SPAM', details: 'No' });
    await moderator.call('banCommenter', { commentId: comment.id }, 'banned');
    const at = new Date(NOW).toISOString();
    expect(await ask({ commentId: comment.id })).toEqual({
      comments: [
        {
          ...{ id: comment.id, articleTitle: 'article-0', articlePath: '/articles/article-0' },
          ...{ authorName: 'Asks', authorKind: 'READER', email: null, account: ACCOUNT.name },
          ...{ networkKept: true, status: 'APPROVED', reasons: ['word: wait'], text: 'As it is: wait' },
          ...{ createdAt: at, editedAt: at },
        },
      ],
      earlierVersions: [{ commentId: comment.id, version: 1, text: 'As it was', until: at }],
      decisions: [
        { commentId: comment.id, at, from: 'APPROVED', to: 'PENDING', reason: 'word: wait' },
        { commentId: comment.id, at, from: 'PENDING', to: 'APPROVED', reason: 'as it is' },
      ],
      reports: [{ commentId: other.id, at, reason: 'ABUSE', details: 'I was hurt' }],
      ban: { since: at, until: null },
      ...{ next: null, userErrors: [] },
    });
    // A guest is told nothing of who shares the network.
    expect(await ask({ email: GUEST.email })).toMatchObject({
      comments: [{ id: other.id, email: GUEST.email, account: null }],
      ...{ earlierVersions: [], decisions: [], reports: [], ban: null },
    });
  });

  test('comes in pages of which each begins behind the one before, whatever there is of each kind', async () => {
    const ids = await storeComments(
      db,
      Array.from({ length: 260 }, (_, index) => plainComment(1, { text: `Mine ${index}` })),
    );
    const others = await storeComments(
      db,
      Array.from({ length: 130 }, () => plainComment(2)),
    );
    const versions = ids.flatMap((commentId, index) =>
      Array.from({ length: index % 3 }, (_, version) => ({
        ...{ commentId, version: version + 1, text: 'Before', html: '', until: NOW },
      })),
    );
    const events = [...ids].reverse().flatMap((commentId, index) =>
      Array.from({ length: index % 2 }, () => ({
        ...{ commentId, at: NOW, actor: 'user:m', from: 'PENDING' as const, to: 'APPROVED' as const },
        reason: `${index}`,
      })),
    );
    await db.write(async (tx) => {
      const { commentPrivate, commentRevisions, commentEvents, commentReports } = tx.tables;
      await tx.insertMany(
        commentPrivate,
        ids.map((commentId) => ({ commentId, account: ACCOUNT.name, writtenAt: NOW })),
      );
      await tx.insertMany(commentRevisions, versions);
      await tx.insert(commentEvents).values(events);
      await tx.insertMany(
        commentReports,
        others.map((commentId) => ({ commentId, reporter: ACCOUNT.name, at: NOW, reason: 'SPAM' as const })),
      );
    });
    const pages: Exported[] = [];
    const statements: number[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const position: object = after === null ? {} : { after };
      const texts = await sent.during(async () => {
        pages.push(await ask({ commentId: globalId('Comment', ids[7] ?? 0), ...position }));
      });
      statements.push(texts.length);
      after = pages.at(-1)?.next ?? null;
      more = after !== null;
    }
    const sizes = pages.map(
      ({ comments, earlierVersions, decisions, reports }) =>
        comments.length + earlierVersions.length + decisions.length + reports.length,
    );
    const total = ids.length + versions.length + events.length + others.length;
    expect(sizes).toEqual([200, 200, 200, total - 600]);
    const all = <K extends 'comments' | 'earlierVersions' | 'decisions' | 'reports'>(kind: K) =>
      pages.flatMap((page): Exported[K][number][] => [...page[kind]]);
    const idOf = (key: number) => globalId('Comment', key);
    expect(all('comments').map(({ text }) => text)).toEqual(ids.map((_, index) => `Mine ${index}`));
    expect(all('earlierVersions').map(({ commentId, version }) => [commentId, version])).toEqual(
      versions.map(({ commentId, version }) => [idOf(commentId), version]),
    );
    expect(new Set(all('decisions').map(({ reason }) => reason))).toEqual(
      new Set(events.map(({ reason }) => reason)),
    );
    expect(all('decisions')).toHaveLength(events.length);
    expect(all('reports').map(({ commentId }) => commentId)).toEqual(others.map(idOf));
    // Who asks for a later page is looked up, and no more is read than there are kinds of things.
    expect(Math.max(...statements.slice(1))).toBeLessThanOrEqual(6);
  });

  test('is the comment that is named, where nothing is known of who wrote it', async () => {
    const [id = 0] = await storeComments(db, [plainComment(1, { text: 'Of nobody known' })]);
    expect(await db.select().from(db.tables.commentPrivate)).toEqual([]);
    expect(await ask({ commentId: globalId('Comment', id) })).toMatchObject({
      comments: [{ text: 'Of nobody known', email: null, account: null, networkKept: false, reasons: [] }],
    });
  });

  test('is found by the keyed hash when the address itself is purged', async () => {
    const { comment } = await guests.written(1, 'Long ago');
    const { commentPrivate: p } = db.tables;
    await db.write(async (tx) => void (await tx.update(p).set({ emailSealed: null, ipHash: null })));
    expect(BOX.hash(GUEST.email)).toBe((await db.select().from(p))[0]?.emailHash);
    expect(await ask({ email: ` ${GUEST.email.toUpperCase()} ` })).toMatchObject({
      comments: [{ id: comment.id, email: null, networkKept: false }],
    });
  });

  test.each(['', 'nonsense', globalId('Comment', 1), Buffer.from('comments 1').toString('base64url')])(
    'begins nowhere behind %j',
    async (after) => {
      const asked = ask({ email: GUEST.email, after });
      await expect(asked).rejects.toMatchObject({ code: 'BAD_CURSOR' });
    },
  );
});
