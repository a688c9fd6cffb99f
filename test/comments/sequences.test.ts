/** Whatever is done to a discussion, in whatever order: what is counted is what a recount says. */
import fc from 'fast-check';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { schema } from '../support/api';
import { describeEachEngine } from '../support/engines';
import { GENEROUS, Readers, storePublished } from '../support/readers';
import { expectRecounted } from '../support/recount';

const RUNS = 12;
const STATUSES = ['APPROVED', 'PENDING', 'REJECTED', 'SPAM'] as const;

const place = fc.nat({ max: 30 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('write' as const), at: place, held: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('moderate' as const),
      at: place,
      to: fc.constantFrom(...STATUSES),
    }),
  },
  fc.record({ act: fc.constantFrom('edit' as const, 'hold' as const, 'delete' as const), at: place }),
  fc.record({ act: fc.constantFrom('report' as const, 'feature' as const, 'erase' as const), at: place }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

describeEachEngine('a discussion', (store) => {
  let db: Database;

  beforeAll(async () => {
    db = await store.open();
    await storePublished(db, RUNS + 2);
  });

  const play = async (article: number, steps: readonly Step[]) => {
    const settings = { ...GENEROUS, heldWords: ['wait'], reportsToHold: 1 };
    const guests = new Readers(db, { comments: settings }).from('203.0.113.7');
    const moderator = guests.as(ACTORS.moderator);
    const written: { readonly id: string; readonly editToken: string | null | undefined }[] = [];
    for (const [index, each] of steps.entries()) {
      // Behind the last one there is none: a thread of its own is begun, or nothing is done.
      const target = written[each.at];
      const body = `Step ${index} of ${article}`;
      if (each.act === 'write') {
        const guest = {
          name: `Guest ${each.at % 3}`,
          email: `guest-${each.at % 3}-${article}@private.example`,
        };
        const text = each.held ? `${body}, wait` : body;
        const { comment, editToken } = await guests.write(article, text, {
          ...{ guest, parentId: target?.id ?? null },
        });
        if (comment) written.push({ id: comment.id, editToken });
        continue;
      }
      const now = target && (await moderator.read(target.id));
      if (!now) continue;
      const own = { id: now.id, editToken: target.editToken };
      const seen = { ...own, expectedVersion: now.version };
      if (each.act === 'moderate') await moderator.moderate(each.to, now);
      if (each.act === 'edit') await guests.send('editComment', { ...seen, body });
      if (each.act === 'hold') await guests.send('editComment', { ...seen, body: `${body}, wait` });
      if (each.act === 'delete') await guests.send('deleteComment', own);
      if (each.act === 'report') await guests.send('reportComment', { id: now.id, reason: 'SPAM' });
      if (each.act === 'feature') await moderator.send('featureComment', { id: now.id, featured: true });
      if (each.act === 'erase')
        await moderator.call('eraseCommenter', { commentId: now.id }, 'erasedComments');
    }
    return written.length;
  };

  test('is counted right after any sequence', async () => {
    let article = 0;
    let written = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
        article = (article % (RUNS + 2)) + 1;
        written += await play(article, steps);
        await expectRecounted(db);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(written).toBeGreaterThan(RUNS);
  });
});

test('whoever writes a comment says what it says, where, and who they are, and nothing else', () => {
  const fieldsOf = (type: string) => {
    const input = schema.getType(type);
    return input && 'getFields' in input ? Object.keys(input.getFields()).sort() : [];
  };
  expect(fieldsOf('CreateCommentInput')).toEqual(
    ['articleId', 'body', 'guest', 'idempotencyKey', 'parentId', 'website'].sort(),
  );
  expect(fieldsOf('GuestInput')).toEqual(['email', 'name']);
  expect(fieldsOf('EditCommentInput')).toEqual(['body', 'editToken', 'expectedVersion', 'id']);
});
