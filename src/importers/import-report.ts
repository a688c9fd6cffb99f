import type { ImportFault } from './import-source';
import type { ImportSkipped } from './wordpress';

/** What an import counts by. */
export type ReportKind =
  | 'authors'
  | 'categories'
  | 'topics'
  | 'images'
  | 'articles'
  | 'pages'
  | 'comments'
  | 'other';

/** What became of one thing that was read. */
export type Outcome = 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed';

export interface ReportRow {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
}

/** Something that a person should look at; `line` is that of the file, 0 where there is none. */
export interface ReportNote {
  readonly line: number;
  readonly message: string;
  /** Whether something in the file is not here now. */
  readonly lost: boolean;
}

const MAX_NOTES = 1_000;

/** Counts everything that an import reads: nothing is dropped without being named here. */
export class ImportReport {
  readonly rows = new Map<ReportKind, ReportRow>();
  /** Why things were skipped or changed on their way, and how many. */
  readonly reasons = new Map<string, number>();
  /** The first 1000. */
  readonly notes: ReportNote[] = [];
  private lostCount = 0;

  count(kind: ReportKind, outcome: Outcome, times = 1): void {
    if (times === 0) return;
    const row = this.rows.get(kind) ?? {
      read: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      failed: 0,
    };
    row.read += times;
    row[outcome] += times;
    this.rows.set(kind, row);
    if (outcome === 'failed') this.lostCount += times;
  }

  reason(text: string, times = 1): void {
    this.reasons.set(text, (this.reasons.get(text) ?? 0) + times);
  }

  skip({ subject, reason }: ImportSkipped): void {
    this.count('other', 'skipped');
    this.reason(`${subject}: ${reason}`);
  }

  fault({ line, message }: ImportFault): void {
    this.count('other', 'failed');
    this.note({ line, message: `line ${line}: the import failed at this (${message})`, lost: true });
  }

  note(note: ReportNote): void {
    if (note.lost) this.lostCount += 1;
    if (this.notes.length < MAX_NOTES) this.notes.push(note);
  }

  /** Whether something in the file did not arrive, for whatever reason. */
  get lost(): boolean {
    return this.lostCount > 0;
  }

  /** Whether the import wrote anything. */
  get changed(): boolean {
    return [...this.rows.values()].some(({ created, updated }) => created + updated > 0);
  }
}
