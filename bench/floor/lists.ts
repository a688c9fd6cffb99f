/** The front page and a category's page. */
import type Sqlite from 'better-sqlite3';
import { decodeSlug } from '../../src/core/text';
import {
  type Answer,
  direction,
  globalId,
  isoOrNull,
  isPublished,
  pageInfo,
  pages,
  subjectsOf,
  withinRights,
} from './parts';

type FrontRow = [
  id: number,
  slug: string,
  title: string,
  standfirst: string | null,
  language: string,
  publishedAt: number,
  commentCount: number,
  url: string | null,
  width: number | null,
  height: number | null,
  alt: string | null,
];

export function frontPage(db: Sqlite.Database): Answer {
  const select = (after: string) =>
    db
      .prepare<unknown[], FrontRow>(
        `select a.id, a.slug, a.title, a.standfirst, a.language, a.published_at, a.comment_count,
           i.url, i.width, i.height, i.alt
         from articles as a left join images as i on i.id = a.lead_image_id
         where ${isPublished('a')} and a.kind = 'ARTICLE' and ${withinRights('a')} ${after}
         order by a.published_at desc, a.id desc limit ?`,
      )
      .raw();
  const top = select('');
  const next = select('and (a.published_at, a.id) < (?, ?)');
  const page = pages<FrontRow>(
    (...values) => top.all(...values),
    (...values) => next.all(...values),
  );
  const authorsOf = subjectsOf(db, 'Author');
  const categoriesOf = subjectsOf(db, 'Category');
  return (variables) => {
    const { rows, size } = page([Date.now()], variables);
    const more = rows.length > size;
    if (more) rows.pop();
    const ids = rows.map((row) => row[0]);
    const authors = authorsOf(ids);
    const categories = categoriesOf(ids);
    const nodes = rows.map(
      ([id, slug, title, standfirst, language, publishedAt, commentCount, url, width, height, alt]) => ({
        id: globalId('Article', id),
        slug,
        title,
        standfirst,
        language,
        direction: direction(language),
        publishedAt: isoOrNull(publishedAt),
        commentCount,
        authors: authors.get(id) ?? [],
        categories: categories.get(id) ?? [],
        leadImage: url === null ? null : { url, width, height, alt },
      }),
    );
    const last = rows[rows.length - 1];
    const info = pageInfo(more, last ? { sort: last[5], key: last[0] } : null);
    return JSON.stringify({ data: { articles: { nodes, pageInfo: info } } });
  };
}

type ListedRow = [
  id: number,
  slug: string,
  title: string,
  standfirst: string | null,
  publishedAt: number,
  commentCount: number,
];

interface CategoryRow {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly parent_id: number | null;
}

export function categoryPage(db: Sqlite.Database): Answer {
  const select = (after: string) =>
    db
      .prepare<unknown[], ListedRow>(
        `select a.id, a.slug, a.title, a.standfirst, a.published_at, a.comment_count
         from article_categories as t join articles as a on a.id = t.article_id
         where t.category_id = ? and +t.listed_at <= ? and ${withinRights('t')} ${after}
         order by t.listed_at desc, t.article_id desc limit ?`,
      )
      .raw();
  const top = select('');
  const next = select('and (t.listed_at, t.article_id) < (?, ?)');
  const page = pages<ListedRow>(
    (...values) => top.all(...values),
    (...values) => next.all(...values),
  );
  const bySlug = db.prepare<[string], CategoryRow>(
    'select id, slug, name, description, parent_id from categories where slug = ?',
  );
  const byId = db.prepare<[number], CategoryRow>(
    'select id, slug, name, description, parent_id from categories where id = ?',
  );
  const children = db.prepare<[number], { slug: string; name: string }>(
    'select slug, name from categories where parent_id = ? order by position, slug limit 500',
  );
  const authorsOf = subjectsOf(db, 'Author');
  const categoriesOf = subjectsOf(db, 'Category');
  return (variables) => {
    const category = bySlug.get(decodeSlug(String(variables.slug)));
    if (!category) return '{"data":{"category":null}}';
    const ancestors: { slug: string; name: string }[] = [];
    for (let above = category.parent_id; above !== null; ) {
      const row = byId.get(above);
      if (row) ancestors.unshift({ slug: row.slug, name: row.name });
      above = row?.parent_id ?? null;
    }
    const { rows, size } = page([category.id, Date.now()], variables);
    const more = rows.length > size;
    if (more) rows.pop();
    const ids = rows.map((row) => row[0]);
    const authors = authorsOf(ids);
    const categories = categoriesOf(ids);
    const nodes = rows.map(([id, slug, title, standfirst, publishedAt, commentCount]) => ({
      id: globalId('Article', id),
      slug,
      title,
      standfirst,
      publishedAt: isoOrNull(publishedAt),
      commentCount,
      authors: authors.get(id) ?? [],
      categories: categories.get(id) ?? [],
    }));
    const last = rows[rows.length - 1];
    const info = pageInfo(more, last ? { sort: last[4], key: last[0] } : null);
    const { slug, name, description } = category;
    return JSON.stringify({
      data: {
        category: {
          id: globalId('Category', category.id),
          slug,
          name,
          description,
          ancestors,
          children: children.all(category.id),
          articles: { nodes, pageInfo: info },
        },
      },
    });
  };
}
