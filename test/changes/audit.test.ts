import fc from 'fast-check';
import { ApiKeyService } from '../../src/access';
import { ArticleService } from '../../src/articles';
import { recordChanges } from '../../src/changes';
import { type Actor, ANONYMOUS, type Role, systemActor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import type { ChangeEntity, ChangeOp, Database } from '../../src/database';
import { Api } from '../support/api';
import { HOUR, NOW } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine, describeEngine, recordStatements } from '../support/engines';

const staff = (...roles: Role[]): Actor => ({
  kind: 'STAFF',
  name: 'user:1',
  displayName: null,
  roles: new Set(roles),
  scopes: null,
});
const ADMIN = staff('ADMIN');

const AUDIT = `query Audit($first: Int, $after: String, $last: Int, $before: String, $actor: String, $entity: AuditEntity, $item: ID, $op: AuditOp, $from: DateTime, $to: DateTime) {
  auditLog(first: $first, after: $after, last: $last, before: $before, actor: $actor, entity: $entity, item: $item, op: $op, from: $from, to: $to) {
    totalCount
    nodes { at actor entity item op revision }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface Entry {
  readonly at: string;
  readonly actor: string;
  readonly entity: ChangeEntity;
  readonly item: string | null;
  readonly op: ChangeOp;
  readonly revision: number | null;
}

interface Answer {
  readonly auditLog: {
    readonly totalCount: number;
    readonly nodes: readonly Entry[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
}

const ENTITIES = ['ARTICLE', 'TOPIC', 'API_KEY'] as const;
const OPS = ['CREATE', 'UPDATE', 'PUBLISH'] as const;
const ACTORS = ['key:one', 'key:two', 'system:import'] as const;

const planned = fc.record({
  at: fc.constantFrom(NOW, NOW - HOUR, NOW - 2 * HOUR, -HOUR),
  actor: fc.constantFrom(...ACTORS),
  entity: fc.constantFrom(...ENTITIES),
  entityId: fc.integer({ min: 1, max: 3 }),
  op: fc.constantFrom(...OPS),
  revision: fc.nat({ max: 2 }),
});
type Planned = typeof planned extends fc.Arbitrary<infer P> ? P : never;

const filters = fc.record(
  {
    actor: fc.constantFrom(...ACTORS),
    entity: fc.constantFrom(...ENTITIES),
    op: fc.constantFrom(...OPS),
    from: fc.constantFrom(NOW - HOUR, -HOUR),
    to: fc.constantFrom(NOW, NOW - HOUR),
    item: fc.constantFrom(globalId('Article', 1), globalId('Article', 2)),
  },
  { requiredKeys: [] },
);
type Filter = typeof filters extends fc.Arbitrary<infer F> ? F : never;

async function store(db: Database, entries: readonly Planned[]): Promise<void> {
  for (const { at: when, actor, ...change } of entries) {
    await db.write(async (tx) => recordChanges(tx, { ...systemActor(''), name: actor }, when, [change]));
  }
}

/** What the filter lets through, the newest first, as a client reads it. */
function expected(entries: readonly Planned[], filter: Filter): Entry[] {
  const all = entries.map((entry, index) => ({ ...entry, seq: index, shown: shownOf(entry) }));
  const kept = all.filter(
    ({ at: when, actor, entity, op, shown }) =>
      (filter.actor === undefined || actor === filter.actor) &&
      (filter.entity === undefined || entity === filter.entity) &&
      (filter.op === undefined || op === filter.op) &&
      (filter.item === undefined || shown.item === filter.item) &&
      (filter.from === undefined || when >= filter.from) &&
      (filter.to === undefined || when < filter.to),
  );
  return kept.sort((a, b) => b.at - a.at || b.seq - a.seq).map(({ shown }) => shown);
}

function shownOf({ at: when, actor, entity, entityId, op, revision }: Planned): Entry {
  const item = entity === 'API_KEY' ? null : globalId(entity === 'ARTICLE' ? 'Article' : 'Topic', entityId);
  return { at: new Date(when).toISOString(), actor, entity, item, op, revision: revision || null };
}

const variablesOf = ({ from, to, ...rest }: Filter) => ({
  ...rest,
  ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
  ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
});

describeEachEngine('the audit', (store_) => {
  test('has every entry that a filter asks for once, in pages of any size, in both directions', async () => {
    const db = await store_.open();
    const api = new Api(db, { actor: ADMIN });
    const entries = fc.sample(planned, { numRuns: 60, seed: 3 });
    await store(db, entries);
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 40 }), async (filter, size) => {
        // An item is an article: asked for together with another kind the two contradict each other.
        fc.pre(filter.item === undefined || filter.entity === undefined || filter.entity === 'ARTICLE');
        const variables = variablesOf(filter);
        const all = expected(entries, filter);
        const forward: Entry[] = [];
        let after: string | null = null;
        for (;;) {
          const answer: Answer = await api.ask(AUDIT, { ...variables, first: size, after });
          forward.push(...answer.auditLog.nodes);
          expect(answer.auditLog.totalCount).toBe(all.length);
          after = answer.auditLog.pageInfo.endCursor;
          if (!answer.auditLog.pageInfo.hasNextPage) break;
        }
        expect(forward).toEqual(all);
        const backward: Entry[] = [];
        let before: string | null = null;
        for (;;) {
          const answer: Answer = await api.ask(AUDIT, { ...variables, last: size, before });
          backward.unshift(...answer.auditLog.nodes);
          before = answer.auditLog.pageInfo.startCursor;
          if (!answer.auditLog.pageInfo.hasPreviousPage) break;
        }
        expect(backward).toEqual(all);
      }),
      bounded(25),
    );
  }, 60_000);

  test('is for admins, and for nobody else', async () => {
    const db = await store_.open();
    const others = [
      ANONYMOUS,
      { ...ANONYMOUS, kind: 'READER' as const },
      { ...ANONYMOUS, kind: 'PARTNER' as const },
      staff('CONTRIBUTOR', 'EDITOR', 'MODERATOR'),
      staff(),
    ];
    for (const actor of others) {
      const { data, errors } = await new Api(db, { actor }).execute(AUDIT);
      expect(data).toBeNull();
      expect(errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await new Api(db, { actor: ADMIN }).ask(AUDIT)).toMatchObject({ auditLog: { totalCount: 0 } });
  });

  test('says who made and revoked a credential, and nothing of the credential', async () => {
    const db = await store_.open();
    const keys = new ApiKeyService(db, heldClock(NOW));
    const issued = await keys.create(ADMIN, { label: 'The CMS', roles: ['EDITOR'] });
    await keys.revoke(ADMIN, issued.kept.publicId);
    const { auditLog } = await new Api(db, { actor: ADMIN }).ask<Answer>(AUDIT);
    const entry = { actor: 'user:1', entity: 'API_KEY', item: null, revision: null };
    expect(auditLog.nodes).toMatchObject([
      { ...entry, op: 'REVOKE' },
      { ...entry, op: 'CREATE' },
    ]);
    const { changes } = db.tables;
    const stored = JSON.stringify([auditLog, await db.select().from(changes)]);
    for (const secret of [issued.key.split('_')[2] ?? issued.key, issued.kept.hash]) {
      expect(stored).not.toContain(secret);
    }
  });

  test('has what editors do, and finds it by the article', async () => {
    const db = await store_.open();
    const service = new ArticleService(db, heldClock(NOW));
    const seen = await service.create(ADMIN, { title: 'Floods', language: 'en', html: '' });
    await service.publish(ADMIN, seen);
    const item = globalId('Article', seen.id);
    const { auditLog } = await new Api(db, { actor: ADMIN }).ask<Answer>(AUDIT, { item });
    expect(auditLog.nodes.map(({ op, revision, actor }) => [op, revision, actor])).toEqual([
      ['PUBLISH', 2, 'user:1'],
      ['CREATE', 1, 'user:1'],
    ]);
  });

  test.each([
    [{ item: 'nobody' }, 'BAD_USER_INPUT'],
    [{ item: globalId('Topic', 1), entity: 'ARTICLE' }, 'BAD_USER_INPUT'],
    [{ after: 'x' }, 'BAD_CURSOR'],
    [{ first: 1_000 }, 'BAD_PAGE_SIZE'],
  ])('refuses %j', async (variables, code) => {
    const api = new Api(await store_.open(), { actor: ADMIN });
    const { errors } = await api.execute(AUDIT, variables);
    expect(errors?.[0]?.originalError).toMatchObject({ code });
  });
});

describeEngine('sqlite', 'plans of the audit', (store_) => {
  test('no filter reads the whole log, and none sorts it', async () => {
    const sent = recordStatements();
    const db = await store_.open(sent);
    const entries = fc.sample(planned, { numRuns: 3_000, seed: 5 });
    await db.write(async (tx) => {
      for (const { at: when, actor, ...change } of entries) {
        recordChanges(tx, { ...systemActor(''), name: actor }, when, [change]);
      }
    });
    await db.analyse();
    const api = new Api(db, { actor: ADMIN });
    const cursor = (await api.ask<Answer>(AUDIT, { first: 1 })).auditLog.pageInfo.endCursor;
    const page = AUDIT.replace('totalCount', '');
    const texts = await sent.during(async () => {
      for (const filter of fc.sample(filters, { numRuns: 200, seed: 9 })) {
        if (filter.item && filter.entity && filter.entity !== 'ARTICLE') continue;
        for (const paging of [{}, { after: cursor }, { last: 5 }, { last: 5, before: cursor }]) {
          await api.ask(page, { ...variablesOf(filter), ...paging });
        }
      }
    });
    const statements = await Promise.all(
      [...new Set(texts)].map(async (text) => ({ text, steps: await stepsOf(db, text) })),
    );
    expect(statements.length).toBeGreaterThan(60);
    expect(statements.filter(({ steps }) => !isNarrow(steps))).toEqual([]);
  }, 60_000);

  /** Through an index in the order of the list. Where nothing is asked for that is one of the whole log. */
  function isNarrow(steps: readonly string[]): boolean {
    return (
      steps.length === 1 && /^(SEARCH changes|SCAN changes USING INDEX changes_newest)/.test(steps[0] ?? '')
    );
  }

  async function stepsOf(db: Database, text: string): Promise<string[]> {
    const values = Array.from(text.matchAll(/\?/g), () => null);
    const steps = await db.tuples({ text: `explain query plan ${text}`, values });
    return steps.map(([, , , detail]) => String(detail));
  }
});
