/**
 * What each way of reading looks at, room by room. Whatever a room can be asked for and does not stand here is
 * refused: a new way of reading is answered anew every time until somebody has said what it depends on.
 */
import type { ArticleReads, ArticleRow } from '../articles';
import type { AuthorReads } from '../authors';
import type { CategoryReads } from '../categories';
import type { CollectionReads } from '../collections';
import type { CommentReads } from '../comments';
import type { RoomReads } from '../context';
import type { ImageReads } from '../images';
import type { RelationReads } from '../relations';
import type { SearchReads } from '../search';
import type { TopicReads } from '../topics';
import type { Footprint, Room } from './footprint';

/** What one way of reading looks at: told with what it was asked for and what it has found. */
type Note<A extends readonly unknown[], F> = (footprint: Footprint, found: F, ...asked: A) => void;

/** Of a value that is the same for everybody who is anonymous, in every answer. */
type Constant = 'CONSTANT';

/** The ways to read of a room: of a loader its `load`, of a method itself. */
type Notes<R> = {
  readonly [M in keyof R]?: R[M] extends { load(key: infer K): Promise<infer F> }
    ? Note<[key: K], F>
    : R[M] extends (...asked: infer A) => infer F
      ? Note<A, Awaited<F>>
      : Constant;
};

interface Slugged {
  readonly id: number;
  readonly slug: string;
}

const node =
  (room: Room) =>
  (footprint: Footprint, _found: unknown, key: number): void =>
    footprint.node(room, key);

const all =
  (...rooms: readonly Room[]) =>
  (footprint: Footprint): void => {
    for (const room of rooms) footprint.room(room);
  };

/** By a slug that it has; who finds nothing, or by a slug from before, may find another tomorrow. */
const slugged =
  (room: Room) =>
  (footprint: Footprint, found: Slugged | null, slug: string): void => {
    if (found?.slug === slug) footprint.node(room, found.id);
    else footprint.room(room);
    if (found) footprint.node(room, found.id);
  };

/** What the row of an article says of it, the number of its comments included. */
function article(footprint: Footprint, id: number): void {
  footprint.node('article', id);
  footprint.node('comments', id);
}

const found = (footprint: Footprint, row: ArticleRow | null): void => {
  if (row) article(footprint, row.id);
  else footprint.room('article');
};

/** Lists below a subject follow the tree that it stands in. */
function listed(footprint: Footprint, isNarrowed: boolean): void {
  footprint.room('article');
  if (isNarrowed) all('author', 'category', 'topic')(footprint);
}

interface Keyed {
  readonly id: number;
}

const carried =
  (room: Room) =>
  (footprint: Footprint, subjects: readonly Keyed[], article: Keyed): void => {
    footprint.node('article', article.id);
    for (const { id } of subjects) footprint.node(room, id);
  };

const articles: Notes<ArticleReads> = {
  audience: 'CONSTANT',
  byId: (footprint, _row, key) => article(footprint, key),
  withKey: (footprint, _row, key) => article(footprint, key),
  byPath: found,
  ofGroup: (footprint, group) => {
    footprint.room('article');
    for (const { id } of group) footprint.node('comments', id);
  },
  bodyById: node('article'),
  bodyOf: (footprint, _body, { id }) => footprint.node('article', id),
  textById: node('article'),
  blocksById: node('article'),
  correctionsById: node('article'),
  underSlug: (footprint, row, slug) => {
    found(footprint, row?.slug === slug ? row : null);
    if (row) article(footprint, row.id);
  },
  page: (footprint, slice, criteria, _order, _page, parent, columns) => {
    listed(footprint, parent !== undefined || Object.keys(criteria.selections).length > 0);
    if (columns?.includes('commentCount') === false) return;
    for (const { id } of slice.rows) footprint.node('comments', id);
  },
  total: (footprint, _total, criteria, parent) =>
    listed(footprint, parent !== undefined || Object.keys(criteria.selections).length > 0),
  withdrawnSince: all('article'),
  withdrawnUnder: all('article'),
  formerly: all('article'),
};

const authors: Notes<AuthorReads> = {
  byId: node('author'),
  bySlug: slugged('author'),
  ofArticle: carried('author'),
  page: all('author'),
  total: all('author'),
};

const categories: Notes<CategoryReads> = {
  byId: node('category'),
  known: node('category'),
  underSlug: slugged('category'),
  bySlug: slugged('category'),
  ofArticle: carried('category'),
  tree: all('category'),
};

const collections: Notes<CollectionReads> = {
  byId: node('collection'),
  bySlug: slugged('collection'),
  articleIds: node('collection'),
  all: all('collection'),
};

const comments: Notes<CommentReads> = {
  standing: 'CONSTANT',
  byId: (footprint, row) => {
    if (row) footprint.node('comments', row.articleId);
    else footprint.room('comments');
  },
  threadCount: node('comments'),
  threads: (footprint, _slice, { id }) => footprint.node('comments', id),
  // Whoever has a comment has found it, in one of these ways, among those of its article.
  replies: () => {},
  repliesAtHand: () => {},
};

const images: Notes<ImageReads> = { byId: node('image'), known: node('image') };

const topics: Notes<TopicReads> = {
  byId: node('topic'),
  bySlug: slugged('topic'),
  namesById: node('topic'),
  ofArticle: (footprint, found, article) => {
    const subjects = found.map(({ topic }) => topic);
    carried('topic')(footprint, subjects, article);
  },
  childCount: all('topic'),
  children: all('topic'),
  // The order may be that of how much there is under each.
  page: all('topic', 'article'),
  total: all('topic'),
};

/** Worked out from all that articles carry, and from the tree of topics; what time brings, the agenda of articles knows. */
const archive = all('article', 'topic');

const relations: Notes<RelationReads> = {
  relation: archive,
  relatedTopics: archive,
  relatedArticles: archive,
  trending: archive,
  span: archive,
};

/** What queries find is as different as they are, and by relevance it depends on the instant: it is not kept. */
const search: Notes<SearchReads> = {
  audience: 'CONSTANT',
  // How many articles have a word counts: the text of any other may change it.
  similar: all('article'),
};

type TracedRooms = Omit<RoomReads, 'comments'>;

const ROOMS: { readonly [R in keyof TracedRooms]: Notes<TracedRooms[R]> } = {
  articles,
  authors,
  categories,
  collections,
  images,
  relations,
  search,
  topics,
};

/** The reads of a room, which note in the footprint what they look at. */
export function traced<R extends keyof TracedRooms>(
  room: R,
  reads: TracedRooms[R],
  footprint: Footprint,
): TracedRooms[R] {
  return noting(reads, ROOMS[room], footprint);
}

/** The same of the comments; how readers may comment depends on the time, too. */
export function tracedComments(reads: CommentReads, footprint: Footprint, now: number): CommentReads {
  return noting(
    reads,
    {
      ...comments,
      commenting: (_footprint, { closesAt }, { id }) => {
        article(footprint, id);
        footprint.room('category');
        footprint.until(closesAt, now);
      },
    },
    footprint,
  );
}

function noting<R extends object>(reads: R, notes: Notes<R>, footprint: Footprint): R {
  const known = new Map<PropertyKey, unknown>();
  return new Proxy(reads, {
    get: (target, name) => {
      let value = known.get(name);
      if (value === undefined) {
        value = notingMember(target, name, Reflect.get(notes, name), footprint);
        known.set(name, value);
      }
      return value;
    },
  });
}

function notingMember(reads: object, name: PropertyKey, note: unknown, footprint: Footprint): unknown {
  const value: unknown = Reflect.get(reads, name);
  if (note === 'CONSTANT') return value;
  if (typeof note !== 'function') {
    footprint.refuse();
    return typeof value === 'function' ? value.bind(reads) : value;
  }
  const ask = typeof value === 'function' ? value.bind(reads) : loadOf(value);
  const noted = (...asked: unknown[]): unknown => {
    const told = (answer: unknown) => {
      Reflect.apply(note, undefined, [footprint, answer, ...asked]);
      return answer;
    };
    const answer = ask(...asked);
    return answer instanceof Promise ? answer.then(told) : told(answer);
  };
  return typeof value === 'function' ? noted : { load: noted };
}

function loadOf(loader: unknown): (...asked: unknown[]) => unknown {
  if (
    typeof loader !== 'object' ||
    loader === null ||
    !('load' in loader) ||
    typeof loader.load !== 'function'
  )
    throw new Error('No loader');
  return loader.load.bind(loader);
}
