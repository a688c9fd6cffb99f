import type Sqlite from 'better-sqlite3';
import { readingMinutes } from '../../src/articles/article';
import { decodeSlug } from '../../src/core/text';
import { type Answer, direction, globalId, isoOrNull, isPublished, withinRights } from './parts';

/** The article with all that there is one of: body, primary category and image, in one row. */
interface ArticleRow {
  readonly id: number;
  readonly slug: string;
  readonly path: string;
  readonly title: string;
  readonly standfirst: string | null;
  readonly language: string;
  readonly place: string | null;
  readonly source: string | null;
  readonly byline: string | null;
  readonly published_at: number | null;
  readonly updated_at: number;
  readonly comment_count: number;
  readonly translation_group: number | null;
  readonly html: string;
  readonly word_count: number;
  readonly category_id: number | null;
  readonly category_slug: string;
  readonly category_name: string;
  readonly url: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string | null;
  readonly caption: string | null;
  readonly credit: string | null;
}

export function articlePage(db: Sqlite.Database): Answer {
  const article = db.prepare<[string, number, number, number], ArticleRow>(
    `select a.id, a.slug, a.path, a.title, a.standfirst, a.language, a.dateline_place as place,
       a.dateline_source as source, a.byline, a.published_at, a.updated_at, a.comment_count, a.translation_group,
       b.html, b.word_count, c.id as category_id, c.slug as category_slug, c.name as category_name,
       i.url, i.width, i.height, i.alt, i.caption, i.credit
     from articles as a join article_bodies as b on b.article_id = a.id
     left join categories as c on c.id = a.primary_category_id
     left join images as i on i.id = a.lead_image_id
     where a.slug = ? and ${isPublished('a')} and ${withinRights('a')}`,
  );
  const authors = db
    .prepare<[number], [number, string, string, string | null]>(
      `select s.id, s.slug, s.name, s.bio from article_authors as x join authors as s on s.id = x.author_id
       where x.article_id = ? order by x.position`,
    )
    .raw();
  const categories = db
    .prepare<[number], [number, string, string]>(
      `select s.id, s.slug, s.name from article_categories as x join categories as s on s.id = x.category_id
       where x.article_id = ? and x.direct order by x.position`,
    )
    .raw();
  const topics = db
    .prepare<[number], [number, number, string, string, string]>(
      `select x.salience, t.id, t.slug, t.kind, t.name from article_topics as x
       join topics as t on t.id = x.topic_id where x.article_id = ? and x.direct
       order by x.salience desc, t.sort_name, t.id`,
    )
    .raw();
  const translations = db
    .prepare<[number, number, number, number, number], [number, string, string, string]>(
      `select a.id, a.slug, a.language, a.title from articles as a
       where a.translation_group = ? and a.id <> ? and ${isPublished('a')} and ${withinRights('a')}
       order by a.language`,
    )
    .raw();

  return (variables) => {
    const now = Date.now();
    const row = article.get(decodeSlug(String(variables.slug)), now, now, now);
    if (!row) return '{"data":{"article":null}}';
    const { place, source, url, translation_group: group } = row;
    return JSON.stringify({
      data: {
        article: {
          id: globalId('Article', row.id),
          slug: row.slug,
          path: row.path,
          title: row.title,
          standfirst: row.standfirst,
          language: row.language,
          direction: direction(row.language),
          dateline: place === null && source === null ? null : { place, source },
          byline: row.byline,
          publishedAt: isoOrNull(row.published_at),
          updatedAt: isoOrNull(row.updated_at),
          commentCount: row.comment_count,
          body: {
            html: row.html,
            wordCount: row.word_count,
            readingMinutes: readingMinutes(row.word_count),
          },
          authors: authors
            .all(row.id)
            .map(([id, slug, name, bio]) => ({ id: globalId('Author', id), slug, name, bio })),
          primaryCategory:
            row.category_id === null
              ? null
              : {
                  id: globalId('Category', row.category_id),
                  slug: row.category_slug,
                  name: row.category_name,
                },
          categories: categories
            .all(row.id)
            .map(([id, slug, name]) => ({ id: globalId('Category', id), slug, name })),
          topics: topics.all(row.id).map(([salience, id, slug, kind, name]) => ({
            salience,
            topic: { id: globalId('Topic', id), slug, kind, name },
          })),
          leadImage:
            url === null
              ? null
              : {
                  url,
                  width: row.width,
                  height: row.height,
                  alt: row.alt,
                  caption: row.caption,
                  credit: row.credit,
                },
          translations:
            group === null
              ? []
              : translations.all(group, row.id, now, now, now).map(([id, slug, language, title]) => ({
                  id: globalId('Article', id),
                  slug,
                  language,
                  title,
                })),
        },
      },
    });
  };
}
