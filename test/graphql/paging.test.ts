import fc from 'fast-check';
import type { ExecutionResult } from 'graphql';
import { DatelineError } from '../../src/core/errors';
import type { Database } from '../../src/database';
import { Api } from '../support/api';
import { archivePlans, at, storeArchive } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine, recordStatements, type StatementRecorder } from '../support/engines';

/** Every list that can grow: its field around `(arguments) { … }`, and the order that its cursors are of. */
const LISTS = {
  articles: { around: (list: string) => `articles${list}`, order: 'NEWEST', sort: 'number' },
  oldest: { around: (list: string) => `articles${list}`, order: 'OLDEST', sort: 'number', by: 'OLDEST' },
  updated: {
    around: (list: string) => `articles${list}`,
    order: 'RECENTLY_UPDATED',
    sort: 'number',
    by: 'RECENTLY_UPDATED',
  },
  'of a category': {
    around: (list: string) => `category(slug: "category-0") { articles${list} }`,
    order: 'NEWEST',
    sort: 'number',
  },
  'of an author': {
    around: (list: string) => `author(slug: "author-0") { articles${list} }`,
    order: 'NEWEST',
    sort: 'number',
  },
  authors: { around: (list: string) => `authors${list}`, order: 'NAME', sort: 'string' },
  topics: { around: (list: string) => `topics${list}`, order: 'NAME', sort: 'string' },
  'most covered topics': {
    around: (list: string) => `topics${list}`,
    order: 'MOST_COVERED',
    sort: 'integer',
    by: 'MOST_COVERED',
  },
  'children of a topic': {
    around: (list: string) => `topic(slug: "topic-0") { children${list} }`,
    order: 'NAME',
    sort: 'string',
  },
} as const;

type ListName = keyof typeof LISTS;
const NAMES = Object.keys(LISTS) as ListName[];

interface PageArguments {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
}

const FIELDS = 'edges { cursor } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

function sourceOf(name: ListName, fields = FIELDS): string {
  const { around, ...list } = LISTS[name];
  const order = 'by' in list ? `, orderBy: ${list.by}` : '';
  const selection = around(
    `(first: $first, after: $after, last: $last, before: $before${order}) { ${fields} }`,
  );
  return `query ($first: Int, $after: String, $last: Int, $before: String) { ${selection} }`;
}

const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** A cursor that another list, or somebody with too much time, would send; `sort` fits the list. */
function forgeries(name: ListName): string[] {
  const { order, sort } = LISTS[name];
  const fits = sort === 'string' ? 'a' : 1;
  const wrong = sort === 'string' ? 1 : 'a';
  return [
    ...['', ' ', 'garbage', '%%%', '🙂', "' or 1=1 --", cursor(), 'W10', 'bnVsbA', 'e30'],
    ...[cursor(order, fits), cursor(order, fits, 1, 1), cursor(1, fits, 1), cursor(null, fits, 1)],
    cursor(order === 'NAME' ? 'NEWEST' : 'NAME', fits, 1),
    cursor('RANDOM', fits, 1),
    ...[wrong, null, true, [1], { a: 1 }].map((value) => cursor(order, value, 1)),
    ...(sort === 'string' ? [] : [1.5, 2 ** 53, -(2 ** 60), 1e300].map((value) => cursor(order, value, 1))),
    ...(sort === 'integer' ? [2 ** 31, -(2 ** 40)].map((value) => cursor(order, value, 1)) : []),
    ...['1', null, 1.5, 0, -1, 2 ** 31, 2 ** 52, 2 ** 60, [1], '1); drop table articles; --'].map((key) =>
      cursor(order, fits, key),
    ),
  ];
}

/** Well formed, and of nothing that there is: they are answered like any other place in the list. */
function strangers(name: ListName): string[] {
  const { order, sort } = LISTS[name];
  const sorts = {
    number: [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
    integer: [0, -1, 2 ** 31 - 1, -(2 ** 31)],
    string: ['', "'; drop table articles; --", '\0', '\ud800', '%', '\u{10FFFF}', 'x'.repeat(10_000)],
  }[sort];
  return sorts.flatMap((value) => [cursor(order, value, 1), cursor(order, value, 2 ** 31 - 1)]);
}

function codeOf({ errors }: ExecutionResult) {
  const [error] = errors ?? [];
  const cause = error?.originalError;
  if (!(cause instanceof DatelineError)) return { code: error?.message ?? null, argument: null };
  return { code: cause.code, argument: cause.details.argument };
}

describeEachEngine('a page of a list', (store) => {
  let db: Database;
  let api: Api;
  let sent: StatementRecorder;

  beforeAll(async () => {
    sent = recordStatements();
    db = await store.open(sent);
    const plan = at(fc.sample(archivePlans({ min: 80, max: 80 }), { numRuns: 1, seed: 3 }), 0);
    const parents = plan.topics.map((_, place) => (place === 0 ? null : 0));
    await storeArchive(db, { ...plan, topics: parents });
    api = new Api(db);
  });

  const ask = (name: ListName, page: PageArguments) => api.execute(sourceOf(name), { ...page });

  const refusal = async (name: ListName, page: PageArguments) => codeOf(await ask(name, page));

  const pageOf = async (name: ListName, page: PageArguments) => {
    const data: unknown = await api.ask(sourceOf(name), { ...page });
    return connectionIn(data);
  };

  test.each(NAMES)('%s: has from 1 to 100 items, and says so otherwise', async (name) => {
    for (const argument of ['first', 'last'] as const) {
      for (const size of [0, -1, 101, 2 ** 31 - 1, -(2 ** 31)]) {
        expect(await refusal(name, { [argument]: size })).toEqual({ code: 'BAD_PAGE_SIZE', argument });
      }
      for (const size of [1, 100]) expect((await ask(name, { [argument]: size })).errors).toBeUndefined();
    }
  });

  test.each(NAMES)('%s: is asked for from one end only', async (name) => {
    const { endCursor: there } = (await pageOf(name, { first: 1 })).pageInfo;
    const after = there ?? '';
    for (const [page, argument] of [
      [{ first: 1, last: 1 }, 'last'],
      [{ first: 1, before: after }, 'before'],
      [{ last: 1, after }, 'after'],
      [{ before: after }, 'before'],
      [{ first: 1, after, before: after }, 'before'],
    ] as const) {
      expect(await refusal(name, page)).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    }
  });

  test.each(NAMES)('%s: refuses what is no cursor of its order', async (name) => {
    for (const forged of forgeries(name)) {
      const asked = Buffer.from(forged, 'base64url').toString();
      for (const argument of ['after', 'before'] as const) {
        const page = argument === 'after' ? { first: 2, after: forged } : { last: 2, before: forged };
        const answer = await refusal(name, page);
        expect({ asked, ...answer }).toMatchObject({ asked, code: 'BAD_CURSOR', argument });
      }
    }
  });

  test.each(NAMES)('%s: begins at any place, also at one where nothing is', async (name) => {
    for (const stranger of strangers(name)) {
      const { errors } = await ask(name, { first: 2, after: stranger });
      expect(errors).toBeUndefined();
      expect((await ask(name, { last: 2, before: stranger })).errors).toBeUndefined();
    }
  });

  test('never answers a cursor with an internal error, whatever is in it', async () => {
    const parts = fc.array(fc.jsonValue(), { maxLength: 4 }).map((all) => cursor(...all));
    const shaped = fc
      .tuple(fc.constantFrom('NEWEST', 'OLDEST', 'NAME', 'MOST_COVERED'), fc.jsonValue(), fc.jsonValue())
      .map((all) => cursor(...all));
    const near = fc
      .tuple(
        fc.constantFrom('NEWEST', 'NAME', 'MOST_COVERED'),
        fc.oneof(fc.maxSafeInteger(), fc.string()),
        fc.maxSafeInteger(),
      )
      .map((all) => cursor(...all));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...NAMES),
        fc.oneof(fc.string(), fc.base64String(), parts, shaped, near),
        async (name, after) => {
          expect([null, 'BAD_CURSOR']).toContain((await refusal(name, { first: 2, after })).code);
        },
      ),
      bounded(150),
    );
  }, 60_000);

  test.each(NAMES)('%s: tells whether there is more on either side', async (name) => {
    const all = await pageOf(name, { first: 100 });
    expect(all.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    const count = all.nodes.length;
    expect(count).toBeGreaterThan(2);
    for (let size = 1; size <= Math.min(count, 6); size++) {
      const start = await pageOf(name, { first: size });
      expect(start.pageInfo).toMatchObject({ hasNextPage: size < count, hasPreviousPage: false });
      const end = await pageOf(name, { last: size });
      expect(end.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: size < count });
      expect(end.nodes).toEqual(all.nodes.slice(-size));
      const after = at(all.edges, 0).cursor;
      const middle = await pageOf(name, { first: size, after });
      expect(middle.pageInfo).toMatchObject({ hasNextPage: size + 1 < count, hasPreviousPage: true });
      const before = at(all.edges, count - 1).cursor;
      const last = await pageOf(name, { last: size, before });
      expect(last.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: size + 1 < count });
      expect(last.nodes).toEqual(all.nodes.slice(-size - 1, -1));
    }
  });

  test('is empty beyond either end', async () => {
    const { edges } = await pageOf('topics', { first: 100 });
    const none = { startCursor: null, endCursor: null };
    const beyond = await pageOf('topics', { first: 5, after: at(edges, edges.length - 1).cursor });
    expect(beyond).toMatchObject({
      nodes: [],
      pageInfo: { ...none, hasNextPage: false, hasPreviousPage: true },
    });
    const above = await pageOf('topics', { last: 5, before: at(edges, 0).cursor });
    expect(above).toMatchObject({
      nodes: [],
      pageInfo: { ...none, hasNextPage: true, hasPreviousPage: false },
    });
  });

  test('has twenty items where nobody says how many', async () => {
    expect((await pageOf('articles', {})).nodes).toHaveLength(20);
    expect((await api.execute(sourceOf('articles'), { first: null, last: null })).errors).toBeUndefined();
  });

  test.each(NAMES)('%s: is counted only where the count is asked for', async (name) => {
    const plain = await sent.during(() => api.ask(sourceOf(name), { first: 2 }));
    const counting = await sent.during(() => api.ask(sourceOf(name, `totalCount ${FIELDS}`), { first: 2 }));
    const counts = (texts: readonly string[]) => texts.filter((text) => text.includes('count(*)'));
    expect(counts(plain)).toEqual([]);
    expect(counts(counting)).toHaveLength(1);
    expect(counting).toHaveLength(plain.length + 1);
    const { edges } = await pageOf(name, { first: 100 });
    const answer: unknown = await api.ask(sourceOf(name, `totalCount ${FIELDS}`), { first: 2 });
    expect(connectionIn(answer).totalCount).toBe(edges.length);
  });
});

interface AnyConnection {
  readonly edges: readonly { readonly cursor: string }[];
  readonly nodes: readonly { readonly id: string }[];
  readonly totalCount?: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** The one connection in an answer, however deep it lies. */
function connectionIn(data: unknown): AnyConnection {
  if (isConnection(data)) return data;
  const [inner] = Object.values(Object(data));
  if (inner === undefined) throw new Error('An answer without a connection');
  return connectionIn(inner);
}

function isConnection(value: unknown): value is AnyConnection {
  return typeof value === 'object' && value !== null && 'pageInfo' in value;
}
