import { sql } from 'drizzle-orm';
import { type ArticleState, prepared, type Reader } from '../../database';

/** What an article was at an earlier revision; null where it is not known. */
export async function stateAt(reader: Reader, id: number, revision: number): Promise<ArticleState | null> {
  const [row] = await stateOf(reader, { id, revision });
  return row?.content ?? null;
}

/** The body that an article had at an earlier revision; null where it has it still. */
export async function bodyAt(reader: Reader, id: number, revision: number): Promise<string | null> {
  const [row] = await nextBody(reader, { id, revision });
  return row?.html ?? null;
}

const stateOf = prepared(({ tables: { articleRevisions: r } }) => ({
  select: { content: r.content },
  from: sql`${r} where ${r.articleId} = ${sql.placeholder('id')} and ${r.revision} = ${sql.placeholder('revision')}`,
}));

/** A body is kept with the last of the revisions that had it. */
const nextBody = prepared(({ tables: { articleRevisions: r } }) => ({
  select: { html: r.html },
  from: sql`${r} where ${r.articleId} = ${sql.placeholder('id')} and ${r.revision} >= ${sql.placeholder('revision')} and ${r.html} is not null order by ${r.revision} limit 1`,
}));
