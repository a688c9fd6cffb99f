/** The discussion below an article: threads with their first replies. */
import type Sqlite from 'better-sqlite3';
import { type Position, toCursor, toPage } from '../../src/core/paging';
import { decodeSlug, directionInHtml } from '../../src/core/text';
import { type Answer, globalId, isoOrNull, isPublished, withinRights } from './parts';

const OLDEST = { name: 'OLDEST_COMMENTS', sort: 'number' } as const;
const REPLIES = 3;

type Row = [
  id: number,
  authorName: string,
  authorKind: string,
  status: string,
  html: string,
  createdAt: number,
  editedAt: number | null,
  featured: number,
  replyCount: number,
  version: number,
  parent: number,
];

interface ArticleRow {
  readonly id: number;
  readonly comment_count: number;
  readonly commenting: string;
  readonly closes: number | null;
}

const COLUMNS = `c.id, c.author_name, c.author_kind, c.status, c.html, c.created_at, c.edited_at, c.featured,
  c.reply_count, c.version`;

export function commentsPage(db: Sqlite.Database): Answer {
  const article = db.prepare<[string, number, number, number], ArticleRow>(
    `select a.id, a.comment_count, a.commenting, a.commenting_closes_at as closes from articles as a
     where a.slug = ? and ${isPublished('a')} and ${withinRights('a')}`,
  );
  const mode = db.prepare<[], string>(`select value from settings where name = 'commenting'`).pluck();
  const threads = (after: string) =>
    db
      .prepare<unknown[], Row>(
        `select ${COLUMNS}, 0 from comments as c
         where c.article_id = ? and c.parent_id is null and c.visible ${after}
         order by c.created_at, c.id limit ?`,
      )
      .raw();
  const [top, next] = [threads(''), threads('and (c.created_at, c.id) > (?, ?)')];
  const replies = db
    .prepare<[string, number, number], Row>(
      `select ${COLUMNS}, p.value from json_each(?) as p cross join comments as c on c.rowid in (
         select x.rowid from comments as x where x.article_id = ? and x.parent_id = p.value and x.visible
         order by x.created_at, x.id limit ?)
       order by c.created_at, c.id`,
    )
    .raw();
  return (variables) => {
    const now = Date.now();
    const found = article.get(decodeSlug(String(variables.slug)), now, now, now);
    if (!found) return '{"data":{"article":null}}';
    const { first, after } = variables;
    const page = toPage(
      { first: typeof first === 'number' ? first : 20, after: typeof after === 'string' ? after : null },
      OLDEST,
    );
    const rows =
      page.from === null
        ? top.all(found.id, page.size + 1)
        : next.all(found.id, page.from.sort, page.from.key, page.size + 1);
    const more = rows.length > page.size;
    if (more) rows.pop();
    const below = new Map<number, Row[]>();
    for (const row of replies.all(JSON.stringify(rows.map(([id]) => id)), found.id, REPLIES + 1)) {
      const list = below.get(row[10]);
      if (list) list.push(row);
      else below.set(row[10], [row]);
    }
    const stricter = [found.commenting, mode.get() ?? 'OPEN'];
    const strictest = ['CLOSED', 'PREMODERATED'].find((each) => stricter.includes(each)) ?? 'OPEN';
    const nodes = rows.map((row) => {
      const list = below.get(row[0]) ?? [];
      const goesOn = list.length > REPLIES;
      if (goesOn) list.pop();
      return { ...comment(row), replies: { nodes: list.map(comment), pageInfo: pageInfo(goesOn, list) } };
    });
    return JSON.stringify({
      data: {
        article: {
          id: globalId('Article', found.id),
          commentCount: found.comment_count,
          commenting: {
            mode: strictest,
            open: strictest !== 'CLOSED' && (found.closes === null || now < found.closes),
            closesAt: isoOrNull(found.closes),
          },
          comments: { nodes, pageInfo: pageInfo(more, rows) },
        },
      },
    });
  };
}

function comment(row: Row) {
  const [id, authorName, authorKind, status, html, createdAt, editedAt, featured, replyCount, version] = row;
  const shown = status === 'APPROVED';
  return {
    id: globalId('Comment', id),
    authorName: shown ? authorName : null,
    authorKind,
    body: shown ? { html } : null,
    direction: shown ? directionInHtml(html) : 'LTR',
    held: false,
    createdAt: isoOrNull(createdAt),
    editedAt: shown ? isoOrNull(editedAt) : null,
    featured: shown && featured === 1,
    replyCount,
    version,
  };
}

function pageInfo(hasNextPage: boolean, rows: readonly Row[]) {
  const last = rows[rows.length - 1];
  const position: Position | null = last ? { sort: last[5], key: last[0] } : null;
  return { hasNextPage, endCursor: position === null ? null : toCursor(OLDEST, position) };
}
