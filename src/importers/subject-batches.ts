import type { Database } from '../database';
import type { SurveyRecord } from './import-source';
import {
  type ImportScope,
  importAuthors,
  importCategories,
  importImages,
  importTopics,
  topicKey,
} from './import-subjects';
import type { ImportAuthor, ImportCategory, ImportImage, ImportTerm } from './wordpress';

/** Terms and images that are written in one transaction. */
const BATCH = 500;

/** Gathers authors, terms and images, and writes them by the batch; categories all at once, for their tree. */
export class SubjectBatches {
  private readonly authors: ImportAuthor[] = [];
  private readonly categories: ImportCategory[] = [];
  private terms: ImportTerm[] = [];
  private images: ImportImage[] = [];
  private readonly seen = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly scope: ImportScope,
  ) {}

  async add(record: SurveyRecord): Promise<void> {
    if (this.isRepeated(record)) {
      this.scope.report.count('other', 'skipped');
      this.scope.report.reason(`${record.kind}: the file has it twice`);
      return;
    }
    if (record.kind === 'author') this.authors.push(record);
    else if (record.kind === 'category') this.categories.push(record);
    else if (record.kind === 'term') this.terms.push(record);
    else if (record.kind === 'image') this.images.push(record);
    else if (record.kind === 'skipped') this.scope.report.skip(record);
    else this.scope.report.fault(record);
    if (this.terms.length + this.images.length >= BATCH) await this.flush();
  }

  /** The slugs of the categories by their number over there. */
  async finish(): Promise<ReadonlyMap<string, string>> {
    await this.database.write(async (tx) => {
      await importAuthors(tx, this.scope, this.authors);
      await importCategories(tx, this.scope, this.categories);
    });
    await this.flush();
    return new Map(
      this.categories.flatMap(({ externalId, slug }) => (externalId === null ? [] : [[externalId, slug]])),
    );
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
    await this.database.write(async (tx) => {
      await importTopics(tx, this.scope, terms);
      await importImages(tx, this.scope, images);
    });
  }
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
