/** What a search answers beside the articles: highlights, facets, suggestions, topics, completions. */
import { saveCategories } from '../../src/categories';
import { systemActor } from '../../src/core/actor';
import type { Database } from '../../src/database';
import { ARCHIVIST, HOUR, NOW } from '../support/archive';
import { describeEachEngine, recordStatements } from '../support/engines';
import { addAuthor, addTopic, publish, Searcher } from './support';

const ANSWER = `query ($query: String!, $filter: ArticleFilter) {
  search(query: $query, filter: $filter) {
    totalCount suggestion
    topics { slug }
    relation { topics { slug } articleCount }
    edges { node { title } highlights { field fragments } }
    facets {
      exact
      categories { category { slug } count } topics { topic { slug } count } authors { author { slug } count }
      languages { value count } years { value count }
    }
  }
}`;

interface Answered {
  readonly totalCount: number;
  readonly suggestion: string | null;
  readonly topics: readonly { slug: string }[];
  readonly relation: { topics: readonly { slug: string }[]; articleCount: number } | null;
  readonly edges: readonly {
    node: { title: string };
    highlights: readonly { field: string; fragments: string[] }[];
  }[];
  readonly facets: Readonly<Record<string, unknown>>;
}

describeEachEngine('a search answers', (store) => {
  let db: Database;
  const sent = recordStatements();
  const staff = systemActor('test');

  beforeAll(async () => {
    db = await store.open(sent);
    const [asia = 0, south = 0] = await db.write(async (tx) => {
      const category = { description: null, topicId: null, position: 0 };
      const [top = 0] = await saveCategories(tx, ARCHIVIST, NOW, [
        { ...category, slug: 'asia', name: 'Asia', parentId: null },
      ]);
      const [below = 0] = await saveCategories(tx, ARCHIVIST, NOW, [
        { ...category, slug: 'south', name: 'South', parentId: top },
      ]);
      return [top, below];
    });
    const pakistan = await addTopic(db, 'pakistan', [
      { language: 'en', name: 'Pakistan', aliases: ['Islamic Republic of Pakistan'] },
      { language: 'fa', name: 'پاکستان' },
    ]);
    const taliban = await addTopic(db, 'taliban', [{ language: 'en', name: 'Taliban' }]);
    await addTopic(db, 'ttp', [{ language: 'en', name: 'Tehrik-i-Taliban Pakistan', aliases: ['TTP'] }]);
    const author = await addAuthor(db, 'zarghuna', 'Zarghuna Wafadar');
    await publish(db, [
      {
        title: 'Torkham reopens',
        standfirst: 'Trade resumes',
        text: 'Trucks wait at the <i>Torkham</i> crossing',
        topicIds: [pakistan],
        authorIds: [author],
        categoryIds: [south],
      },
      {
        title: 'Talks',
        text: 'On the crossing',
        topicIds: [pakistan, taliban],
        categoryIds: [asia],
        language: 'ur',
        publishedAt: Date.parse('2024-12-31T23:59:59Z'),
      },
      { title: 'Crossing closed', text: 'again', publishedAt: Date.parse('2025-01-01T00:00:00Z') },
      {
        title: 'Torkham secret',
        text: 'The crossing quadrangle',
        status: 'DRAFT',
        publishedAt: null,
        topicIds: [taliban],
        categoryIds: [south],
      },
      {
        title: 'Embargoed crossing',
        text: 'Crossing zeppelin',
        embargoUntil: NOW + HOUR,
        authorIds: [author],
      },
    ]);
  });

  const ask = async (query: string, filter?: object, searcher = new Searcher(db)) =>
    (await searcher.api.ask<{ search: Answered }>(ANSWER, { query, filter })).search;

  test('why: in the fields that say so', async () => {
    const { edges } = await ask('torkham پاکستان zarghuna');
    expect(edges).toEqual([
      {
        node: { title: 'Torkham reopens' },
        highlights: [
          { field: 'title', fragments: ['<mark>Torkham</mark> reopens'] },
          { field: 'body', fragments: ['Trucks wait at the <mark>Torkham</mark> crossing'] },
          { field: 'authors', fragments: ['<mark>Zarghuna</mark> Wafadar'] },
          { field: 'topics', fragments: ['<mark>پاکستان</mark>'] },
        ],
      },
    ]);
  });

  test('what the matches have in common, as the filter would have it, of what the viewer sees', async () => {
    const { facets, totalCount } = await ask('crossing');
    expect(totalCount).toBe(3);
    expect(facets).toEqual({
      exact: true,
      categories: [
        { category: { slug: 'asia' }, count: 2 },
        { category: { slug: 'south' }, count: 1 },
      ],
      topics: [
        { topic: { slug: 'pakistan' }, count: 2 },
        { topic: { slug: 'taliban' }, count: 1 },
      ],
      authors: [{ author: { slug: 'zarghuna' }, count: 1 }],
      languages: [
        { value: 'en', count: 2 },
        { value: 'ur', count: 1 },
      ],
      years: [
        { value: '2026', count: 1 },
        { value: '2025', count: 1 },
        { value: '2024', count: 1 },
      ],
    });
    expect((await ask('crossing', { categories: { any: ['asia'] } })).totalCount).toBe(2);
    expect((await ask('torkham', { status: ['DRAFT'] }, new Searcher(db, staff))).facets).toMatchObject({
      topics: [{ topic: { slug: 'taliban' }, count: 1 }],
      years: [],
    });
  });

  test.each([
    ['torkhm', 'torkham'],
    ['torkahm crossing', 'torkham crossing'],
    ['"trate resumes"', '"trade resumes"'],
    ['پاکستن', null],
    ['torkham', null],
    ['quadrangel', null],
    ['zepelin', null],
    ['xqzwv', null],
    ['tor', null],
    ['', null],
  ])('what %j may have meant: %j', async (query, expected) => {
    expect((await ask(query)).suggestion).toBe(expected);
  });

  test('what staff may have meant is found by them', async () => {
    const filter = { status: ['DRAFT'] };
    expect((await ask('quadrangel', filter, new Searcher(db, staff))).suggestion).toBe('quadrangle');
    expect((await ask('quadrangel', filter)).suggestion).toBeNull();
  });

  test('which topics the query names', async () => {
    const named = async (query: string) => (await ask(query)).topics.map(({ slug }) => slug);
    expect(await named('پاكستان')).toEqual(['pakistan']);
    expect(await named('pakistan taliban')).toEqual(['pakistan', 'taliban']);
    expect(await named('ttp attack')).toEqual(['ttp']);
    expect(await named('tehrik-i-taliban pakistan')).toEqual(['ttp', 'taliban', 'pakistan']);
    expect(await named('"islamic republic of pakistan"')).toEqual(['pakistan']);
    expect(await named('islamic republic')).toEqual([]);
    expect(await named('crossing -pakistan')).toEqual([]);
  });

  test('how two topics are covered together that the query names', async () => {
    const related = async (query: string) => (await ask(query)).relation;
    const pair = { topics: [{ slug: 'pakistan' }, { slug: 'taliban' }], articleCount: 1 };
    expect(await related('pakistan taliban')).toEqual(pair);
    expect(await related('talks of پاکستان and the taliban')).toEqual(pair);
    expect(await related('taliban pakistan')).toMatchObject({
      topics: [{ slug: 'taliban' }, { slug: 'pakistan' }],
    });
    for (const query of [
      'pakistan',
      'tehrik-i-taliban pakistan',
      'pakistan taliban crossing ttp',
      'crossing',
    ])
      expect([query, await related(query)]).toEqual([query, null]);
  });

  test('what somebody who has begun to type may want, in any spelling, and no more than they may see', async () => {
    const complete = async (prefix: string, first = 8) => {
      const source = `query ($prefix: String!, $first: Int!) { autocomplete(prefix: $prefix, first: $first) {
        text node { __typename ... on Topic { slug } }
      } }`;
      const { autocomplete } = await new Searcher(db).api.ask<{ autocomplete: { text: string }[] }>(source, {
        prefix,
        first,
      });
      return autocomplete.map(({ text }) => text);
    };
    expect(await complete('t')).toEqual(['Taliban', 'Tehrik-i-Taliban Pakistan', 'Talks', 'Torkham reopens']);
    expect(await complete('TORK')).toEqual(['Torkham reopens']);
    expect(await complete('پاك')).toEqual(['پاکستان']);
    expect(await complete('embargo')).toEqual([]);
    expect(await complete('t', 2)).toEqual(['Taliban', 'Talks']);
    expect(await complete('')).toEqual([]);
    expect(await complete("'; drop \u0000 %_")).toEqual([]);
    await expect(complete('t', 21)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('by as many statements, however much is found', async () => {
    const counts: number[] = [];
    for (let round = 0; round < 2; round++) {
      const texts = await sent.during(() => ask('crossing trade'));
      const more = await sent.during(() => ask('melon slice'));
      counts.push(Math.max(texts.length, more.length));
      await publish(
        db,
        Array.from({ length: 40 }, (_, at) => ({
          title: `Melon ${at}`,
          text: 'slices on the crossing, and trade',
        })),
      );
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(20);
    expect((await sent.during(() => ask('melon slice'))).length).toBeLessThanOrEqual(20);
  });
});
