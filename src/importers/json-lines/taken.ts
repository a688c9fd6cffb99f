/** What must be unique among the rows, beside their keys: refused here, where the line is still known. */
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../database';
import type { Numbered } from './line-reader';
import type { RecordOf } from './record';
import { refusal } from './refusal';

interface Claim {
  readonly line: number;
  readonly value: string;
}

/** @throws DatelineError BAD_USER_INPUT when a row, or an earlier one of the claims, has the value already */
export async function refuseTaken(
  tx: Tx,
  table: SQL,
  column: string,
  field: string,
  claims: readonly Claim[],
): Promise<void> {
  const name = sql.identifier(column);
  const rows = await tx.rows<{ value: string }>(
    sql`select ${name} as value from ${table} where ${tx.portable.among(sql`${name}`, 'values')}`,
    { values: claims.map(({ value }) => value) },
  );
  const taken = new Set(rows.map(({ value }) => value));
  for (const { line, value } of claims) {
    if (taken.has(value)) throw refusal(line, `A line before it has the same ${field}.`, field);
    taken.add(value);
  }
}

/** A group has one article in each language. */
export async function refuseTakenLanguages(
  tx: Tx,
  articles: readonly Numbered<RecordOf<'article'>>[],
): Promise<void> {
  const members = articles.filter(({ record }) => record.translationGroup !== null);
  if (members.length === 0) return;
  const rows = await tx.rows<{ group: number; language: string }>(
    sql`select translation_group as "group", language from articles where ${tx.portable.among(sql`translation_group`, 'groups')}`,
    { groups: members.flatMap(({ record }) => record.translationGroup ?? []) },
  );
  const taken = new Set(rows.map(({ group, language }) => `${group} ${language}`));
  for (const { line, record } of members) {
    const member = `${record.translationGroup} ${record.language}`;
    if (taken.has(member)) {
      throw refusal(line, 'Its group of translations has an article in this language already.', 'language');
    }
    taken.add(member);
  }
}

/** Of a kind, each slug leads to one thing. */
export async function refuseFormerSlugs(
  tx: Tx,
  formerSlugs: readonly Numbered<RecordOf<'formerSlug'>>[],
): Promise<void> {
  const rows = await tx.rows<{ kind: string; slug: string }>(
    sql`select kind, slug from former_slugs where ${tx.portable.among(sql`slug`, 'slugs')}`,
    { slugs: formerSlugs.map(({ record }) => record.slug) },
  );
  const taken = new Set(rows.map(({ kind, slug }) => `${kind} ${slug}`));
  for (const { line, record } of formerSlugs) {
    const claim = `${record.of.kind} ${record.slug}`;
    if (taken.has(claim)) throw refusal(line, 'A line before it has the same slug.', 'slug');
    taken.add(claim);
  }
}

/** A reply stands under the same article as what it replies to. */
export async function refuseForeignParents(
  tx: Tx,
  comments: readonly Numbered<RecordOf<'comment'>>[],
): Promise<void> {
  const articles = new Map(comments.map(({ record }) => [record.id, record.article]));
  const parents = comments.flatMap(({ record }) => record.parent ?? []).filter((id) => !articles.has(id));
  const rows = await tx.rows<{ id: number; article: number }>(
    sql`select id, article_id as article from comments where ${tx.portable.among(sql`id`, 'parents')}`,
    { parents },
  );
  for (const { id, article } of rows) articles.set(id, article);
  for (const { line, record } of comments) {
    if (record.parent !== null && articles.get(record.parent) !== record.article) {
      throw refusal(line, 'It answers a comment on another article.', 'parent');
    }
  }
}
