import { sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import { prepared, type Reader, type Tx } from '../database';

type Agenda = Tx['tables']['articleAgenda'];

/** When, after an instant, the next article comes or goes by itself; null where none does. */
export async function nextDateAfter(reader: Reader, after: Instant): Promise<Instant | null> {
  return (await nextDates(reader, { after }))[0]?.dueAt ?? null;
}

const nextDates = prepared<{ after: Instant }, Pick<Agenda, 'dueAt'>>(({ tables: { articleAgenda: a } }) => ({
  select: { dueAt: a.dueAt },
  from: sql`${a} where ${a.dueAt} > ${sql.placeholder('after')} order by ${a.dueAt}, ${a.articleId} limit 1`,
}));
