import Sqlite from 'better-sqlite3';
import { toCursor } from '../../src/core/paging';
import { Random, zipf } from '../generator/random';
import type { OperationName, Variables } from './operations';
import type { Draw } from './options';

/** Different requests per operation; more would only warm caches that no newsroom's traffic warms. */
const VARIETY = 500;
/** Requests after which the order starts again; prime, so that connections do not march in step. */
const SEQUENCE = 9_973;

export interface Workload {
  /** Frequent ones first. */
  readonly variables: readonly Variables[];
  /** Which of them is sent when. */
  readonly sequence: readonly number[];
  /** What is asked for only when answers are compared: that which must not be seen, or is not there. */
  readonly edges: readonly Variables[];
}

interface Place {
  readonly id: number;
  readonly slug: string;
  readonly published: number;
}

export function makeWorkload(file: string, operation: OperationName, draw: Draw, seed: number): Workload {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const random = new Random(seed);
    const made = {
      ...{ FrontPage: frontPages, CategoryPage: categoryPages, ArticlePage: articlePages },
      CommentsPage: commentsPages,
    }[operation];
    const { variables, edges } = made(db, random);
    return { variables, edges, sequence: makeSequence(variables.length, draw, random) };
  } finally {
    db.close();
  }
}

function makeSequence(count: number, draw: Draw, random: Random): number[] {
  const ranked = zipf(count);
  return Array.from({ length: SEQUENCE }, () => {
    const uniform = draw === 'uniform' || (draw === 'mixed' && random.chance(0.5));
    return uniform ? random.between(0, count - 1) : ranked(random);
  });
}

/** The start, sizes that apps use, and pages further down at any depth. */
function frontPages(db: Sqlite.Database, random: Random): { variables: Variables[]; edges: Variables[] } {
  const variables: Variables[] = [{}, { first: 20 }, { first: 10 }];
  for (const { id, published } of someArticles(db, random, VARIETY - variables.length)) {
    variables.push({ first: 20, after: cursorOf(published, id) });
  }
  const edges = [
    { first: 1 },
    { first: 100 },
    { first: 20, after: null },
    { after: cursorOf(0, 1) },
    { after: cursorOf(4_000_000_000_000, 1) },
  ];
  return { variables, edges };
}

function categoryPages(db: Sqlite.Database, random: Random): { variables: Variables[]; edges: Variables[] } {
  const slugs = db.prepare<[], string>('select slug from categories order by coverage desc').pluck().all();
  const variables: Variables[] = slugs.map((slug) => ({ slug }));
  for (const { id, published } of someArticles(db, random, VARIETY - slugs.length)) {
    variables.push({ slug: random.pick(slugs), first: 20, after: cursorOf(published, id) });
  }
  return { variables, edges: [{ slug: 'there-is-none' }, { slug: slugs[0] ?? '', first: 100 }] };
}

function articlePages(db: Sqlite.Database, random: Random): { variables: Variables[]; edges: Variables[] } {
  const variables = someArticles(db, random, VARIETY).map(({ slug }) => ({ slug }));
  const hidden = db.prepare<[], string>(
    `select slug from (
       select slug, row_number() over (partition by status, kind, embargo_until is null, expires_at is null order by id) as n
       from articles) where n <= 4`,
  );
  const edges = hidden
    .pluck()
    .all()
    .map((slug) => ({ slug }));
  return { variables, edges: [...edges, { slug: 'there-is-none' }] };
}

/** The discussions of all kinds of articles, from their start and further on; the longest among them. */
function commentsPages(db: Sqlite.Database, random: Random): { variables: Variables[]; edges: Variables[] } {
  const longest = db.prepare<[], string>('select slug from articles order by comment_count desc limit 50');
  const some = someArticles(db, random, VARIETY - 150).map(({ slug }) => ({ slug }));
  const long = longest.pluck().all();
  const inside = db.prepare<[string], [number, number]>(
    `select c.created_at, c.id from comments as c join articles as a on a.id = c.article_id
     where a.slug = ? and c.parent_id is null and c.visible order by c.created_at, c.id limit 1 offset 20`,
  );
  const further = long.flatMap((slug) => {
    const [sort, key] = inside.raw().get(slug) ?? [];
    if (sort === undefined || key === undefined) return [];
    return [{ slug, after: toCursor({ name: 'OLDEST_COMMENTS', sort: 'number' }, { sort, key }) }];
  });
  const { edges } = articlePages(db, random);
  // By itself graphql-jit, which the peers run on, refuses a request that leaves this to its default.
  const first = 20;
  const withFirst = (each: Variables): Variables => ({ ...each, first });
  const variables: Variables[] = [...long.map((slug) => ({ slug })), ...further, ...some];
  return { variables: variables.map(withFirst), edges: edges.map(withFirst) };
}

/** Articles from the whole archive, the newest as often as the oldest. */
function someArticles(db: Sqlite.Database, random: Random, count: number): Place[] {
  const last = db.prepare<[], number>('select max(id) from articles').pluck().get() ?? 0;
  // The plus keeps SQLite from an index by status, which it would read to its end.
  const next = db.prepare<[number], Place>(
    `select id, slug, published_at as published from articles
     where id >= ? and +status = 'PUBLISHED' and kind = 'ARTICLE' order by id limit 1`,
  );
  const found: Place[] = [];
  for (let tries = 0; found.length < count && tries < count * 2; tries++) {
    const place = next.get(random.between(1, last));
    if (place) found.push(place);
  }
  return found;
}

function cursorOf(sort: number, key: number): string {
  return toCursor({ name: 'NEWEST', sort: 'number' }, { sort, key });
}
