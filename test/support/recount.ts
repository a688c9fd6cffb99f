import { sql } from 'drizzle-orm';
import type { Database } from '../../src/database';

/** Of all comments and articles, what is counted equals what is made of it from scratch. */
export async function expectRecounted(db: Database): Promise<void> {
  const rows = await db.select().from(db.tables.comments);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const shown = new Map<number, number>();
  for (const { parentId, visible } of rows)
    if (parentId !== null && visible) shown.set(parentId, (shown.get(parentId) ?? 0) + 1);
  for (const row of rows) {
    const parent = row.parentId === null ? null : byId.get(row.parentId);
    expect(parent === null || parent?.articleId === row.articleId).toBe(true);
    const { id, depth, rootId, replyCount, visible } = row;
    const replies = shown.get(id) ?? 0;
    expect({ id, depth, rootId, replyCount, visible }).toEqual({
      id,
      depth: parent ? parent.depth + 1 : 0,
      rootId: parent ? parent.rootId : id,
      replyCount: replies,
      visible: row.status === 'APPROVED' || replies > 0,
    });
  }
  const wrong = await db.rows(
    sql`select id from articles where comment_count <> (select count(*) from comments as c where c.article_id = articles.id and c.status = 'APPROVED')`,
  );
  expect(wrong).toEqual([]);
}
