import type { Database } from '../database';
import { CategoryIndex } from './category-index';
import { importAuthors } from './import-authors';
import { importCategories } from './import-categories';
import { importImages } from './import-images';
import { type ImportScope, writeBatch } from './import-scope';
import type { SurveyRecord } from './import-source';
import { importTopics } from './import-topics';
import { topicKey } from './subject-topics';
import type { ImportAuthor, ImportCategory, ImportImage, ImportTerm } from './wordpress';

/** Terms and images that are written in one transaction. */
const BATCH = 500;

/** Gathers authors, terms and images, and writes them by the batch; categories all at once, for their tree. */
export class SubjectBatches {
  private readonly authors: ImportAuthor[] = [];
  private readonly categories: ImportCategory[] = [];
  private terms: ImportTerm[] = [];
  private images: ImportImage[] = [];
  /** Terms that hang under others, which may come later. */
  private readonly children: ImportTerm[] = [];
  private readonly seen = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly scope: ImportScope,
  ) {}

  async add(record: SurveyRecord): Promise<void> {
    if (this.isRepeated(record)) {
      this.scope.report.skip('other', `${record.kind}: another has the same name`);
      return;
    }
    if (record.kind === 'author') this.authors.push(record);
    else if (record.kind === 'category') this.categories.push(record);
    else if (record.kind === 'term') (record.parentSlug === null ? this.terms : this.children).push(record);
    else if (record.kind === 'image') this.images.push(record);
    else if (record.kind === 'skipped') {
      this.scope.report.skip('other', `${record.subject}: ${record.reason}`);
    } else this.scope.report.fault(record);
    if (this.terms.length + this.images.length >= BATCH) await this.flush();
  }

  async finish(): Promise<CategoryIndex> {
    await writeBatch(this.database, this.scope, async (tx, scope) => {
      await importAuthors(tx, scope, this.authors);
      await importCategories(tx, scope, this.categories);
    });
    await this.flush();
    for (const generation of generations(this.children)) {
      for (let start = 0; start < generation.length; start += BATCH) {
        const terms = generation.slice(start, start + BATCH);
        await writeBatch(this.database, this.scope, (tx, scope) => importTopics(tx, scope, terms));
      }
    }
    return new CategoryIndex(this.categories, this.scope.gazetteer);
  }

  /** The first of two with one name counts, or every run would change one into the other. */
  private isRepeated(record: SurveyRecord): boolean {
    const name = nameOf(record);
    if (name === null) return false;
    if (this.seen.has(name)) return true;
    this.seen.add(name);
    return false;
  }

  private async flush(): Promise<void> {
    const { terms, images } = this;
    this.terms = [];
    this.images = [];
    await writeBatch(this.database, this.scope, async (tx, scope) => {
      await importTopics(tx, scope, terms);
      await importImages(tx, scope, images);
    });
  }
}

/** Terms in an order in which none stands before its parent: those whose parents are elsewhere, then their children. */
function generations(terms: readonly ImportTerm[]): ImportTerm[][] {
  const waiting = new Map(terms.map((term) => [topicKey(term), term]));
  const parentOf = ({ taxonomy, parentSlug }: ImportTerm) =>
    waiting.get(topicKey({ taxonomy, slug: parentSlug ?? '' }));
  const ordered: ImportTerm[][] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((term) => parentOf(term) === undefined);
    // Terms that are above one another: that one of them has no parent here is told of when it is written.
    const next = ready.length > 0 ? ready : [...waiting.values()].slice(0, 1);
    ordered.push(next);
    for (const term of next) waiting.delete(topicKey(term));
  }
  return ordered;
}

/** What a record is known by, with its kind; null for what is not kept. */
function nameOf(record: SurveyRecord): string | null {
  switch (record.kind) {
    case 'author':
      return `author ${record.login}`;
    case 'category':
      return `category ${record.slug}`;
    case 'term':
      return `topic ${topicKey(record)}`;
    case 'image':
      return `image ${record.externalId}`;
    case 'skipped':
    case 'fault':
      return null;
  }
}
