/** A newsroom that has something in every column of every table. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { updateArticles } from '../../src/articles';
import { parseBody } from '../../src/articles/body';
import { recordChanges } from '../../src/changes';
import type { Database, Tx } from '../../src/database';
import { saveImages } from '../../src/images';
import { type ImportReport, importWordPress } from '../../src/importers';
import { ARCHIVIST, HOUR, NOW, storyHtml } from '../support/archive';
import { storeRichArchive } from '../support/rich-archive';
import { tempDirectory } from '../support/temp-directory';
import {
  addComments,
  BOX,
  clock,
  leaveRedirects,
  liveIn,
  manyArticles,
  NO_IMAGE,
} from './json-lines-support';
import { cdata, itemXml, wxr } from './wxr-support';

export async function storeWholeNewsroom(database: Database): Promise<void> {
  const archive = await storeRichArchive(database, 40);
  await liveIn(database, archive);
  await leaveRedirects(database);
  await bringBlog(database, 'The first headline');
  await fillTheRest(database);
  // Keys that were given out and are gone; the log remembers them.
  const gone = await manyArticles(database, 1);
  await addComments(database, [gone]);
  await database.write(async (tx) => {
    await tx.execute(sql`delete from articles where id = ${gone}`);
  });
}

/** What has no writer yet, or is written by nobody whom a test can call. */
async function fillTheRest(database: Database): Promise<void> {
  await database.write(async (tx) => {
    const {
      keys: [avatar],
    } = await saveImages(tx, ARCHIVIST, NOW, [
      { url: 'https://images.example/a.jpg', width: 1, height: 2, alt: 'a', caption: 'b', credit: 'c' },
      { ...NO_IMAGE, url: '/uploads/\u067e.jpg' },
    ]);
    await tx.execute(sql`update authors set bio = 'Reports.', avatar_id = ${avatar} where id = 2`);
    await tx.execute(sql`update topics set description = 'A place', wikidata_id = 'Q843' where id = 3`);
    await tx.execute(
      sql`update categories set description = 'All of it', topic_id = 3, position = 7 where id = 2`,
    );
    await tx.execute(
      sql`update articles set canonical_url = 'https://a.example/1', standfirst = 'What happened', dateline_source = 'Wire', byline = 'By two', withdrawn_at = ${NOW} where id = 4`,
    );
    for (const table of ['images', 'authors', 'topics', 'categories']) {
      await tx.execute(sql`update ${sql.identifier(table)} set revision = 4 where id = 2`);
    }
    await updateArticles(tx, ARCHIVIST, NOW, [
      {
        id: 20,
        expectedRevision: 1,
        op: 'UPDATE',
        fields: { embargoUntil: NOW + HOUR, expiresAt: NOW + 2 * HOUR },
        body: parseBody(storyHtml(1, 'What happened then')),
      },
    ]);
    await tx.execute(sql`update articles set preview_epoch = 3 where id = 21`);
    await tx.insertMany(tx.tables.removedTopics, [{ articleId: 20, topicId: 3 }]);
    await tx.insertMany(tx.tables.articleCorrections, [
      { articleId: 20, at: NOW, text: 'It was on Tuesday.' },
      { articleId: 20, at: NOW, text: 'It was in Kabul.' },
    ]);
    await tx
      .insert(tx.tables.idempotencyKeys)
      .values({ hash: 'h', fingerprint: 'f', answer: 'sealed', expiresAt: NOW });
    await tx.execute(sql`update comments set report_count = 2, approved_version = 1 where id = 2`);
    await tx.execute(
      sql`update comment_private set account = 'user:a' where comment_id = (select max(comment_id) from comment_private)`,
    );
    const { commentEvents, commentPrivate, commentReports, commentRevisions, commenterMarks, rates } =
      tx.tables;
    await tx
      .update(commentPrivate)
      .set({ reasons: ['word: a'] })
      .where(sql`${commentPrivate.account} is not null`);
    await tx.insertMany(commenterMarks, [
      { mark: 'a', bannedAt: NOW, bannedUntil: NOW + HOUR, bannedBy: 'user:m' },
      { mark: 'b', erasedAt: NOW },
    ]);
    const of = { commentId: 2, at: NOW };
    await tx.insertMany(commentEvents, [
      { ...of, actor: 'user:m', from: 'PENDING', to: 'APPROVED', reason: 'so' },
      { ...of, actor: 'user:a', from: 'APPROVED', to: 'REJECTED', reason: null },
    ]);
    await tx.insertMany(commentReports, [{ ...of, reporter: 'user:r', reason: 'SPAM', details: 'It is' }]);
    await tx.insertMany(commentRevisions, [{ commentId: 2, version: 1, text: 'a', html: 'a', until: NOW }]);
    await tx.insert(rates).values({ name: 'a', until: NOW });
    await tx.execute(sql`update import_keys set state = 'as it was' where kind = 'category'`);
    await tx.insertMany(tx.tables.articleCopies, [{ articleId: 1, copyId: 2 }]);
    await tx.insert(tx.tables.searchAliases).values({ kind: 'topic', formerId: 9_999, subjectId: 3 });
    await tx.insert(tx.tables.apiKeys).values([
      {
        publicId: 'a',
        hash: 'of a',
        label: 'The app',
        roles: ['CONTRIBUTOR'],
        scopes: ['read'],
        createdAt: NOW,
        expiresAt: NOW + HOUR,
        lastUsedAt: NOW,
        revokedAt: NOW,
        replacedBy: 'b',
      },
      { publicId: 'b', hash: 'of b', roles: ['PARTNER'], createdAt: NOW },
      { publicId: 'c', hash: 'of c', roles: ['PARTNER'], createdAt: NOW, partnerId: 2 },
    ]);
    const content = {
      ...{ categories: [{ id: 1, slug: 'a' }], topics: null, languages: ['en'], territories: ['PK'] },
      ...{ textAndDataMining: true, hostingDays: 30 },
    };
    await tx.insertMany(tx.tables.entitlements, [
      { keyId: 2, version: 1, at: NOW, content },
      { keyId: 2, version: 2, at: NOW, content: null },
    ]);
    await storeWebhook(tx);
    await tx.insert(tx.tables.jobs).values({
      ...{
        name: 'a job',
        turn: 1,
        holder: 'a process',
        heldUntil: NOW,
        lastRun: NOW,
        failures: 2,
        retryAt: NOW,
      },
    });
    await tx.insert(tx.tables.settings).values({ name: 'sample', value: 'yes' });
    // On PostgreSQL the names of a payload come back in another order than they went in.
    recordChanges(tx, ARCHIVIST, NOW, [
      {
        entity: 'CATEGORY',
        entityId: 2,
        op: 'MOVE',
        revision: 0,
        payload: { to: 3, because: ['a', { longer: 1, by: null }], from: 1 },
      },
    ]);
  });
}

/** Imports a small blog; run again with the same headline it changes nothing. */
export async function bringBlog(database: Database, headline: string): Promise<ImportReport> {
  const path = join(tempDirectory(), 'blog.xml');
  writeFileSync(path, blog(headline));
  return importWordPress({ database, box: BOX, clock, path });
}

function blog(headline: string): string {
  const comment = (id: number, parent: number) =>
    `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Reader ${id}</wp:comment_author>
    <wp:comment_author_email>blog.reader${id}@example.org</wp:comment_author_email><wp:comment_author_IP>192.0.2.${id}</wp:comment_author_IP>
    <wp:comment_date_gmt>2026-01-02 11:00:00</wp:comment_date_gmt><wp:comment_content>${cdata(`Words ${id}`)}</wp:comment_content>
    <wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`;
  const item = (id: number, title: string, more: string) =>
    itemXml(
      id,
      `<title>${title}</title><link>https://blog.example/${id}/</link><wp:post_name>post-${id}</wp:post_name>
      <dc:creator>amina</dc:creator><wp:post_date_gmt>2026-01-0${id} 10:00:00</wp:post_date_gmt>
      <category domain="category" nicename="border">${cdata('Border')}</category>
      <category domain="post_tag" nicename="trade">${cdata('Trade')}</category>
      <content:encoded>${cdata('<p>Text.</p>')}</content:encoded>${more}`,
    ).replace(`<title>Post ${id}</title>`, '');
  const head = `<wp:base_blog_url>https://blog.example</wp:base_blog_url>
    <wp:author><wp:author_id>1</wp:author_id><wp:author_login>amina</wp:author_login><wp:author_display_name>Amina</wp:author_display_name></wp:author>
    <wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>border</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name>Border</wp:cat_name></wp:category>`;
  return wxr(head + item(1, headline, comment(1, 0) + comment(2, 1)) + item(2, 'The second', ''));
}

/** One with a delivery that has come to an end, and something in every column of both. */
async function storeWebhook(tx: Tx): Promise<void> {
  const { webhooks, webhookDeliveries } = tx.tables;
  await tx.insert(webhooks).values({
    ...{ keyId: 2, url: 'https://partner.example/hook', secret: 'sealed', formerSecret: 'sealed before' },
    ...{ formerUntil: NOW, status: 'DISABLED', reason: 'It answered 410.', createdAt: NOW },
    ...{ position: { seq: 1 }, seq: 1, moves: 1, failures: 3, notBefore: NOW },
  });
  await tx.insert(webhookDeliveries).values({
    ...{ webhookId: 1, sequence: 1, articleId: 20, revision: 1, op: 'UPDATE', action: 'REPLACE', at: NOW },
    ...{ note: 'Corrected.', state: 'FAILED', attempts: 2, nextAt: NOW, leasedUntil: NOW, lastStatus: 410 },
    ...{ lastError: 'Gone', createdAt: NOW, finishedAt: NOW },
  });
}
