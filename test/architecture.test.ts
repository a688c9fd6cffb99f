/** "Who may import whom" of the architecture, held by reading every import of src/. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isIntrospectionType, isObjectType } from 'graphql';
import { type Import, type Source, sourceOf, sourcesIn } from './support/sources';

/** Folders of src/ that stand for a part of the newsroom, with the files that the table below tells apart. */
const DOMAINS = [
  'access',
  'articles',
  'authors',
  'categories',
  'changes',
  'collections',
  'comments',
  'gazetteer',
  'idempotency',
  'images',
  'indexing',
  'jobs',
  'live',
  'mirror',
  'pages',
  'relations',
  'routes',
  'search',
  'slugs',
  'stats',
  'syndication',
  'tagging',
  'topics',
  'watching',
];

/** What others may use of a room, beside its index. The parser of bodies needs no database, nor GraphQL. */
const PUBLIC_FACES = ['src/articles/body.ts'];

/** What resolvers and types may use of graphql/: helpers, and none of the machinery that serves. */
const GRAPHQL_HELPERS = [
  'connections',
  'deletion',
  'input',
  'node.type',
  'scalars',
  'selection',
  'time',
  'user-errors',
].map((name) => `src/graphql/${name}.ts`);

/** Types that are handed to http/ in app.ts and main.ts, and so are named there. */
const HANDED_TO_HTTP = ['src/config.ts', 'src/app.ts'];

/** Drivers, and the modules of Drizzle that know a dialect. */
const ENGINES = /^(better-sqlite3|pg|pg-.*|drizzle-orm\/.+|drizzle-kit|sqlite.*|postgres.*)$/;

interface Rule {
  readonly name: string;
  /** Whether the import is against the rule. */
  breaks(each: Import): boolean;
  /** Imports that have to be found against it: a rule that refuses nothing would go unnoticed. */
  readonly wrong: readonly (readonly [file: string, text: string])[];
}

const RULES: readonly Rule[] = [
  {
    name: 'core/ imports nothing of ours but core/',
    breaks: ({ from, to }) => roomOf(from) === 'core' && isOurs(to) && roomOf(to) !== 'core',
    wrong: [['src/core/paging.ts', "import type { Tx } from '../database';"]],
  },
  {
    name: 'database/ imports nothing of ours but core/',
    breaks: ({ from, to }) =>
      roomOf(from) === 'database' && isOurs(to) && !['core', 'database'].includes(roomOf(to)),
    wrong: [['src/database/open.ts', "export { Article } from '../articles';"]],
  },
  {
    name: 'drivers and dialects stay in database/',
    breaks: ({ from, to }) => ENGINES.test(to) && roomOf(from) !== 'database',
    wrong: [
      ['src/articles/article.store.ts', "import pg from 'pg';"],
      ['src/topics/topic.store.ts', "import { pgTable } from 'drizzle-orm/pg-core';"],
      ['src/cli/backup.ts', "const Sqlite = require('better-sqlite3');"],
    ],
  },
  {
    name: 'Fastify stays in http/',
    breaks: ({ from, to }) => /^@?fastify\b/.test(to) && roomOf(from) !== 'http',
    wrong: [['src/app.ts', "import type { FastifyInstance } from 'fastify';"]],
  },
  {
    name: 'src/ imports neither test/ nor bench/',
    breaks: ({ to }) => /^(\.\.\/)*(test|bench)\//.test(to),
    wrong: [['src/sample/load.ts', "import { NOW } from '../../test/support/archive';"]],
  },
  {
    name: 'graphql/ imports nothing of ours but core/, http/ nothing but core/ and graphql/',
    breaks: ({ from, to, typeOnly }) => {
      if (!['graphql', 'http'].includes(roomOf(from)) || !isOurs(to)) return false;
      const allowed = ['core', 'graphql', roomOf(from)].includes(roomOf(to));
      return !allowed && !(roomOf(from) === 'http' && typeOnly && HANDED_TO_HTTP.includes(to));
    },
    wrong: [
      ['src/graphql/schema.ts', "import { ArticleResolver } from '../articles';"],
      ['src/graphql/errors.ts', "import type { Log } from '../http/logging';"],
      ['src/http/server.ts', "import { readConfig } from '../config';"],
    ],
  },
  {
    name: 'an entity or a policy imports core/ and its own room; of the database no more than its words',
    breaks: ({ from, to, typeOnly }) =>
      ['entity', 'policy'].includes(kindOf(from)) &&
      isOurs(to) &&
      !['core', roomOf(from)].includes(roomOf(to)) &&
      !(typeOnly && to === 'src/database/index.ts'),
    wrong: [
      ['src/articles/article.ts', "import { prepared } from '../database';"],
      ['src/articles/article.policy.ts', "import type { RequestContext } from '../context';"],
    ],
  },
  {
    name: 'a store, its reads and writers know neither GraphQL nor the request',
    breaks: ({ from, to }) =>
      ['store', 'reads', 'writer', 'service'].includes(kindOf(from)) &&
      (roomOf(to) === 'graphql' || to === 'src/context.ts' || /^(graphql|type-graphql|@apollo)/.test(to)),
    wrong: [
      ['src/topics/topic.store.ts', "import { connection } from '../graphql/connections';"],
      ['src/articles/article.service.ts', "import { GraphQLError } from 'graphql';"],
    ],
  },
  {
    name: 'a service, a resolver or a type reads the database through nothing but its room',
    breaks: ({ from, to, typeOnly }) =>
      ['service', 'resolver', 'type'].includes(kindOf(from)) && roomOf(to) === 'database' && !typeOnly,
    wrong: [['src/articles/article.resolver.ts', "import { prepared } from '../database';"]],
  },
  {
    name: 'a room uses the index of another and its types, and of graphql/ the helpers',
    breaks: ({ from, to }) => {
      if (!DOMAINS.includes(roomOf(from)) || !isOurs(to) || roomOf(to) === roomOf(from)) return false;
      if (roomOf(to) === 'core' || to === 'src/context.ts') return false;
      if (roomOf(to) === 'graphql') return !GRAPHQL_HELPERS.includes(to);
      return !isPublic(to);
    },
    wrong: [
      ['src/categories/category.store.ts', "import { writeTies } from '../articles/article.ties';"],
      ['src/articles/article.type.ts', "import { buildSchema } from '../graphql/schema';"],
      ['src/topics/topic.store.ts', "import { readConfig } from '../config';"],
      ['src/pages/relation/model.ts', "import { scan } from '../../relations/scan';"],
    ],
  },
  {
    name: 'importers, sample and command line come in by the front door, too',
    breaks: ({ from, to }) =>
      ['importers', 'sample', 'cli'].includes(roomOf(from)) && DOMAINS.includes(roomOf(to)) && !isPublic(to),
    wrong: [
      ['src/sample/load.ts', "import { writeTies } from '../articles/article.ties';"],
      ['src/importers/import-subjects.ts', "import { readBeat } from '../gazetteer/read-beat';"],
    ],
  },
];

/** Casts and uses of `any` outside of database/. Lower it when one goes; it must never rise. */
const MOST_CASTS = 0;
const MOST_ANYS = 0;

const sources = sourcesIn('src');
const imports = sources.flatMap((source) => source.imports);

describe('who may import whom', () => {
  test('is read from all of src/', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(imports.filter(({ to }) => isOurs(to)).length).toBeGreaterThan(300);
    const files = new Set(sources.map(({ file }) => file));
    const data = /\.json$/;
    expect(imports.filter(({ to }) => isOurs(to) && !files.has(to) && !data.test(to))).toEqual([]);
  });

  describe.each(RULES)('$name', ({ breaks, wrong }) => {
    test('holds', () => {
      expect(imports.filter(breaks)).toEqual([]);
    });

    test.each(wrong)('refuses in %s: %s', (file, text) => {
      expect(sourceOf(file, text).imports.filter(breaks)).toHaveLength(1);
    });
  });

  test('nobody waits for itself: no circle of imports is left at run time', () => {
    expect(circlesIn(imports.filter(({ to, typeOnly }) => isOurs(to) && !typeOnly))).toEqual([]);
    const edge = (from: string, to: string) => ({ from, to, typeOnly: false });
    expect(circlesIn([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toEqual(['b -> c -> b']);
  });
});

describe('what is read in one place only', () => {
  const readers = (name: string) =>
    sources.filter(({ members }) => members.has(name)).map(({ file }) => file);

  test('the environment, in config.ts', () => {
    expect(readers('process.env')).toEqual(['src/config.ts']);
  });

  test('the time, in clock.ts', () => {
    expect(readers('Date.now')).toEqual(['src/core/clock.ts']);
    expect(sources.filter(({ nows }) => nows > 0).map(({ file }) => file)).toEqual([]);
  });

  test('several reasons to stop, in deadline.ts: a timeout in AbortSignal.any is collected as garbage', () => {
    expect(readers('AbortSignal.any')).toEqual([]);
  });
});

describe('the type checker is not told to look away outside of database/', () => {
  const outside = sources.filter(({ file }) => roomOf(file) !== 'database');
  const having = (count: (source: Source) => number) =>
    outside.flatMap((source) => (count(source) > 0 ? [`${source.file}: ${count(source)}`] : []));
  const sum = (count: (source: Source) => number) =>
    outside.reduce((total, source) => total + count(source), 0);

  test('by casts', () => {
    if (sum(({ casts }) => casts) > MOST_CASTS) throw new Error(having(({ casts }) => casts).join('\n'));
  });

  test('by any', () => {
    if (sum(({ anys }) => anys) > MOST_ANYS) throw new Error(having(({ anys }) => anys).join('\n'));
  });

  test('and both are seen where they are', () => {
    const text =
      'const a = b as C; const d: any = <E>f; const g = [1] as const; const h = new Date(); Date.now();';
    expect(sourceOf('src/x.ts', text)).toMatchObject({ casts: 2, anys: 1, nows: 1 });
    expect(sourceOf('src/x.ts', text).members).toContain('Date.now');
  });
});

test('every field and mutation has a line in schema/permissions.txt, which says who may', () => {
  const read = (name: string) => readFileSync(join(__dirname, '..', 'schema', name), 'utf8');
  const types = Object.values(buildSchema(read('schema.graphql')).getTypeMap());
  const fields = types.flatMap((type) =>
    isObjectType(type) && !isIntrospectionType(type)
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );
  const lines = new Set(read('permissions.txt').match(/^\w+\.\w+/gm));
  const missing = fields.filter((field) => !lines.has(field));
  const surplus = [...lines].filter((line) => !fields.includes(line));
  // `npx jest test/access/permissions` measures the lines, and prints those that are missing.
  expect({ missing, surplus }).toEqual({ missing: [], surplus: [] });
});

/** The folder of src/ that a file is in; a file that is in none is a room of its own. */
function roomOf(file: string): string {
  const [, room = '', ...rest] = file.split('/');
  return rest.length > 0 ? room : file;
}

function isOurs(to: string): boolean {
  return to.startsWith('src/');
}

function isPublic(to: string): boolean {
  return to.endsWith('/index.ts') || to.endsWith('.type.ts') || PUBLIC_FACES.includes(to);
}

/** By its name: article.store.ts is a store, article.ts in articles/ the entity. */
function kindOf(file: string): string {
  if (!DOMAINS.includes(roomOf(file))) return 'none';
  const [, kind, extension] = (file.split('/').at(-1) ?? '').split('.');
  if (extension !== undefined) return kind ?? 'none';
  return file.endsWith('/index.ts') || !isEntity(file) ? 'none' : 'entity';
}

/** "articles/article.ts", "categories/category.ts": the room in the singular. In routes/ that is a look-up. */
function isEntity(file: string): boolean {
  if (roomOf(file) === 'routes') return false;
  const name = (file.split('/').at(-1) ?? '').replace(/\.ts$/, '');
  return [`${name}s`, name.replace(/y$/, 'ies')].includes(roomOf(file));
}

/** Every circle of files, once, beginning with the first by name. */
function circlesIn(edges: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, line: readonly string[]) => {
    const start = line.indexOf(file);
    if (start !== -1) circles.push([...line.slice(start), file].join(' -> '));
    if (start !== -1 || done.has(file)) return;
    for (const to of next.get(file) ?? []) walk(to, [...line, file]);
    done.add(file);
  };
  for (const file of [...next.keys()].sort()) walk(file, []);
  return circles;
}
