import { sql } from 'drizzle-orm';
import { isUniqueViolation } from '../../database';
import { noCounts, type RecordType } from './record';
import { refusal } from './refusal';
import { type Prepared, type StoreScope, storeRecords } from './store-records';

/** What is stored at once: so many lines, or so many characters. */
const MAX_LINES = 1_000;
const MAX_CHARACTERS = 2_000_000;

/** Gathers lines of one type, which come one after the other, and stores them together. */
export class Batch {
  private records: Prepared[] = [];
  private characters = 0;
  private readonly stored = noCounts();

  constructor(private readonly scope: StoreScope) {}

  /** True when it has stored what it had. */
  async add(record: Prepared, characters: number): Promise<boolean> {
    const [first] = this.records;
    const full = this.records.length >= MAX_LINES || this.characters + characters > MAX_CHARACTERS;
    const due = first !== undefined && (full || first.record.type !== record.record.type);
    if (due) await this.flush();
    this.records.push(record);
    this.characters += characters;
    return due;
  }

  async flush(): Promise<void> {
    const { records } = this;
    this.records = [];
    this.characters = 0;
    await storeRecords(this.scope, records).catch((error: unknown) => {
      const [first] = records;
      // What the lines before tell, and the rooms ask the database first, is refused by name long before.
      if (!first || !isUniqueViolation(error)) throw error;
      throw refusal(first.line, `It, or one of the ${records.length - 1} lines after it, repeats another.`);
    });
    const type = records[0]?.record.type;
    if (type !== undefined) await this.grow(type, records.length);
  }

  /** Plans that were made for an empty table are slow in a full one: tells of every tenfold growth. */
  private async grow(type: RecordType, by: number): Promise<void> {
    const before = this.stored[type];
    this.stored[type] += by;
    if (magnitude(before) === magnitude(this.stored[type])) return;
    for (const table of FILLED_BY[type]) await this.scope.tx.execute(sql`analyze ${sql.identifier(table)}`);
  }
}

/** The tables that grow with the lines of a type, and are looked at while it is stored. */
const FILLED_BY: Readonly<Record<RecordType, readonly string[]>> = {
  image: ['images'],
  author: ['authors'],
  topic: ['topics', 'topic_names'],
  category: ['categories'],
  article: [
    'articles',
    'article_bodies',
    'article_authors',
    'article_categories',
    'article_topics',
    'removed_topics',
  ],
  collection: ['collections', 'collection_articles'],
  redirect: ['redirects'],
  articleRevision: ['article_revisions'],
  formerSlug: ['former_slugs'],
  comment: ['comments'],
  commentPrivate: [],
  commentVersion: [],
  commentDecision: [],
  commentReport: [],
  commenterMark: [],
  apiKey: [],
  importKey: [],
  setting: [],
  change: [],
};

function magnitude(rows: number): number {
  return String(rows).length;
}
