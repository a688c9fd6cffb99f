/** MIGRATING.md is true: its queries run, and what it says is missing is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLObjectType, parse, specifiedRules, validate } from 'graphql';
import { ANONYMOUS, systemActor } from '../src/core/actor';
import { heldClock } from '../src/core/clock';
import { SecretBox } from '../src/core/sealed';
import type { Database } from '../src/database';
import { loadSample } from '../src/sample/load';
import { Api, schema } from './support/api';
import { describeEachEngine } from './support/engines';

const ROOT = join(__dirname, '..');
const PAGE = readFileSync(join(ROOT, 'MIGRATING.md'), 'utf8');

/** When everything in the sample that will ever be published is. */
const READING_TIME = heldClock(Date.parse('2026-11-01T00:00:00.000Z'));

interface Block {
  /** The heading that it stands under. */
  readonly heading: string;
  /** "wordpress", "dateline" or "dateline staff". */
  readonly side: string;
  readonly source: string;
}

const BLOCKS = PAGE.split(/^### /m).flatMap((section): Block[] => {
  const heading = section.slice(0, section.indexOf('\n'));
  return Array.from(
    section.matchAll(/^```graphql ?(.*)\n([\s\S]*?)^```$/gm),
    ([, side = '', source = '']) => ({
      heading,
      side,
      source,
    }),
  );
});
const WORDPRESS = BLOCKS.filter(({ side }) => side === 'wordpress');
const DATELINE = BLOCKS.filter(({ side }) => side.startsWith('dateline'));

test('the page has both sides of more than ten queries', () => {
  expect(WORDPRESS.length).toBeGreaterThan(10);
  expect(DATELINE.map(({ heading }) => heading)).toEqual(WORDPRESS.map(({ heading }) => heading));
  expect(BLOCKS).toHaveLength(WORDPRESS.length + DATELINE.length);
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain('(MIGRATING.md)');
});

test.each(WORDPRESS.map(({ heading, source }) => [heading, source]))(
  'the query for WordPress is GraphQL, and none for Dateline: %s',
  (_, source) => {
    const document = parse(source);
    expect(document.definitions).toHaveLength(1);
    expect(validate(schema, document, specifiedRules)).not.toEqual([]);
  },
);

describeEachEngine('the queries for Dateline', (store) => {
  let database: Database;
  beforeAll(async () => {
    database = await store.open();
    await loadSample(database, new SecretBox('a secret of at least thirty-two characters'), READING_TIME);
  });

  test.each(DATELINE.map(({ heading, side, source }) => [heading, side, source]))(
    'are answered by the sample newsroom: %s',
    async (_, side, source) => {
      const actor = side.endsWith('staff') ? systemActor('test') : ANONYMOUS;
      expect(validate(schema, parse(source), specifiedRules)).toEqual([]);
      const { data, errors } = await new Api(database, { clock: READING_TIME, actor }).execute(source);
      expect(errors).toBeUndefined();
      expect(Object.values(data ?? {})).not.toContain(null);
      expect(empty(data)).toEqual([]);
    },
  );

  test('that are for staff tell readers nothing', async () => {
    const [drafts] = DATELINE.filter(({ side }) => side.endsWith('staff'));
    const api = new Api(database, { clock: READING_TIME });
    expect(await api.ask(drafts?.source ?? '')).toEqual({ articles: { nodes: [] } });
  });
});

test('what is said to have no counterpart yet has none', () => {
  const section = PAGE.slice(PAGE.indexOf('## What has no counterpart yet'));
  const rows = Array.from(section.matchAll(/^\|[^|]*\| `(\w+)(?:\.(\w+))?` +\|/gm));
  expect(rows.length).toBeGreaterThan(0);
  const there = rows.filter(([, type = '', field]) => {
    const found = schema.getType(type);
    if (field === undefined) return found !== undefined;
    return found instanceof GraphQLObjectType && found.getFields()[field] !== undefined;
  });
  expect(there.map(([row]) => row)).toEqual([]);
});

/** Where in an answer a list of nodes has none: an example that shows nothing. */
function empty(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'nodes' && Array.isArray(each) && each.length === 0
      ? [`${path}.${name}`]
      : empty(each, `${path}.${name}`),
  );
}
