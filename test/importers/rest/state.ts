import { sql } from 'drizzle-orm';
import type { Database } from '../../../src/database';

/** Everything that an import leaves behind, under names that do not depend on the keys that rows were given. */
export async function stateOf(database: Database): Promise<unknown> {
  const rows = (text: ReturnType<typeof sql>) => database.rows(text);
  return {
    articles: await rows(sql`
      select a.slug, a.path, a.kind, a.status, a.title, a.standfirst, a.language, a.revision, a.pinned, a.published_at, a.updated_at,
        a.created_at, a.comment_count, b.html, i.url as image, c.slug as primary_category
      from articles a join article_bodies b on b.article_id = a.id left join images i on i.id = a.lead_image_id
        left join categories c on c.id = a.primary_category_id order by a.slug`),
    authors: await rows(sql`
      select a.slug, w.slug as author, w.name from articles a join article_authors x on x.article_id = a.id
        join authors w on w.id = x.author_id order by a.slug, x.position`),
    categories: await rows(
      sql`select c.slug, c.name, c.description, p.slug as parent from categories c left join categories p on p.id = c.parent_id order by c.slug`,
    ),
    topics: await rows(sql`
      select a.slug, t.slug as topic, t.name from articles a join article_topics x on x.article_id = a.id
        join topics t on t.id = x.topic_id order by a.slug, t.slug`),
    comments: await rows(sql`
      select k.external_id, c.status, c.visible, c.reply_count, c.depth, c.text, c.html, c.version, c.created_at, p.external_id as parent
      from comments c join import_keys k on k.local_id = c.id and k.kind = 'comment'
        left join import_keys p on p.local_id = c.parent_id and p.kind = 'comment' order by k.external_id`),
    images: await rows(sql`select url, alt, caption, credit, width, height from images order by url`),
    keys: await rows(
      sql`select source, kind, external_id, fingerprint, revision from import_keys order by source, kind, external_id`,
    ),
    changes: await changesOf(database),
  };
}

/** The length of the change log: it grows with whatever is written. */
export async function changesOf(database: Database): Promise<number> {
  const [row] = await database.rows<{ count: number }>(sql`select count(*) as count from changes`);
  return Number(row?.count);
}
