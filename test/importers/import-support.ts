import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { loadGazetteer } from '../../src/gazetteer';
import { type ImportReport, importWordPress, type WordPressImport } from '../../src/importers';
import { Api } from '../support/api';
import { tempDirectory } from '../support/engines';
import { cdata, escapeXml, wxr } from './wxr-support';

export const box = new SecretBox('a secret of at least thirty-two characters');
export const clock = heldClock(Date.parse('2026-06-01T12:00:00Z'));
export const gazetteer = loadGazetteer(null);

/** Imports an export that is given as what stands in its channel. */
export async function bring(
  database: Database,
  body: string,
  options: Partial<WordPressImport> = {},
): Promise<ImportReport> {
  const path = join(tempDirectory(), 'export.xml');
  writeFileSync(
    path,
    wxr(
      `${body.includes('<link>https://site-') ? '' : '<wp:base_blog_url>https://news.example</wp:base_blog_url>'}${body}`,
    ),
  );
  return importWordPress({ database, box, clock, gazetteer, path, ...options });
}

export function ask<T = unknown>(
  database: Database,
  query: string,
  variables?: Record<string, unknown>,
): Promise<T> {
  return new Api(database, { clock }).ask<T>(query, variables);
}

export interface PostXml {
  readonly title?: string;
  readonly slug?: string;
  readonly link?: string;
  readonly type?: string;
  readonly status?: string;
  readonly content?: string;
  readonly date?: string;
  readonly author?: string;
  readonly parent?: number;
  /** Taxonomy, slug and name, or a category's slug and name. */
  readonly terms?: readonly (readonly [domain: string, slug: string, name: string])[];
  readonly meta?: Readonly<Record<string, string>>;
  readonly comments?: string;
  /** Further XML. */
  readonly more?: string;
}

export function post(id: number, fields: PostXml = {}): string {
  const { title = `Post ${id}`, slug = `post-${id}`, type = 'post', status = 'publish', terms = [] } = fields;
  const { link = `https://news.example/2026/05/${slug}/`, content = '<p>Text.</p>', meta = {} } = fields;
  const { date = `2026-05-${String(id % 28 || 28).padStart(2, '0')} 10:00:00` } = fields;
  return `<item><title>${escapeXml(title)}</title><link>${link}</link><dc:creator>${fields.author ?? 'desk'}</dc:creator>
  <content:encoded>${cdata(content)}</content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>${date}</wp:post_date_gmt>
  <wp:post_name>${slug}</wp:post_name><wp:status>${status}</wp:status><wp:post_type>${type}</wp:post_type><wp:post_parent>${fields.parent ?? 0}</wp:post_parent>
  ${terms.map(([domain, nicename, name]) => `<category domain="${domain}" nicename="${nicename}">${cdata(name)}</category>`).join('')}
  ${Object.entries(meta)
    .map(
      ([key, value]) =>
        `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`,
    )
    .join('')}${fields.comments ?? ''}${fields.more ?? ''}</item>\n`;
}

export function category(id: number, slug: string, name: string, parent = ''): string {
  return `<wp:category><wp:term_id>${id}</wp:term_id><wp:category_nicename>${slug}</wp:category_nicename><wp:category_parent>${parent}</wp:category_parent><wp:cat_name>${cdata(name)}</wp:cat_name></wp:category>\n`;
}

export function tag(id: number, slug: string, name: string): string {
  return `<wp:tag><wp:term_id>${id}</wp:term_id><wp:tag_slug>${slug}</wp:tag_slug><wp:tag_name>${cdata(name)}</wp:tag_name></wp:tag>\n`;
}

export function term(
  id: number,
  taxonomy: string,
  slug: string,
  name: string,
  parent = '',
  description = '',
): string {
  return `<wp:term><wp:term_id>${id}</wp:term_id><wp:term_taxonomy>${taxonomy}</wp:term_taxonomy><wp:term_slug>${slug}</wp:term_slug><wp:term_parent>${parent}</wp:term_parent><wp:term_name>${cdata(name)}</wp:term_name><wp:term_description>${cdata(description)}</wp:term_description></wp:term>\n`;
}

export function author(id: number, login: string, name: string): string {
  return `<wp:author><wp:author_id>${id}</wp:author_id><wp:author_login>${login}</wp:author_login><wp:author_email>${login}@desk.example</wp:author_email><wp:author_display_name>${cdata(name)}</wp:author_display_name></wp:author>\n`;
}

export function image(id: number, url: string, fields: PostXml & { readonly caption?: string } = {}): string {
  const caption = `<excerpt:encoded>${cdata(fields.caption ?? '')}</excerpt:encoded>`;
  const more = `<wp:attachment_url>${url}</wp:attachment_url>${caption}`;
  return post(id, { type: 'attachment', status: 'inherit', ...fields, more });
}

export interface CommentXml {
  readonly parent?: number;
  readonly approved?: string;
  readonly text?: string;
  readonly type?: string;
  readonly author?: string;
}

export function comment(id: number, fields: CommentXml = {}): string {
  const { parent = 0, approved = '1', text = `Words ${id}`, type = '', author = `Reader ${id}` } = fields;
  return `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>${cdata(author)}</wp:comment_author>
  <wp:comment_author_email>reader${id}@mail.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.${id}</wp:comment_author_IP>
  <wp:comment_date_gmt>2026-05-02 11:00:00</wp:comment_date_gmt><wp:comment_content>${cdata(text)}</wp:comment_content>
  <wp:comment_approved>${approved}</wp:comment_approved><wp:comment_type>${type}</wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`;
}

/** The key of the article with the slug. */
export async function idOf(database: Database, slug: string): Promise<number> {
  const [row] = await database.rows<{ id: number }>(sql`select id from articles where slug = ${slug}`);
  if (!row) throw new Error(`No article has the slug ${slug}`);
  return row.id;
}

/** What the change log says from an entry on: "UPDATE ARTICLE 2" with the revision. */
export async function changesSince(database: Database, seq: number): Promise<string[]> {
  const rows = await database.rows<{ op: string; entity: string; revision: number }>(
    sql`select op, entity, revision from changes where seq > ${seq} order by seq`,
  );
  return rows.map(({ op, entity, revision }) => `${op} ${entity} ${revision}`);
}

export async function lastChange(database: Database): Promise<number> {
  const [row] = await database.rows<{ seq: number | null }>(sql`select max(seq) as seq from changes`);
  return Number(row?.seq ?? 0);
}
