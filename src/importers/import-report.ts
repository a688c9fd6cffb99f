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
export type Outcome = Exclude<(typeof COLUMNS)[number], 'read'>;

const COLUMNS = ['read', 'created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

export type ReportRow = Record<(typeof COLUMNS)[number], number>;

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
    const row = this.rowOf(kind);
    row.read += times;
    row[outcome] += times;
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

  /** Counts what another report has counted as well. */
  add(other: ImportReport): void {
    for (const [kind, row] of other.rows) {
      const mine = this.rowOf(kind);
      for (const column of COLUMNS) mine[column] += row[column];
    }
    for (const [text, times] of other.reasons) this.reason(text, times);
    this.notes.push(...other.notes.slice(0, MAX_NOTES - this.notes.length));
    this.lostCount += other.lostCount;
  }

  /** Whether something in the file did not arrive, for whatever reason. */
  get lost(): boolean {
    return this.lostCount > 0;
  }

  /** Whether the import wrote anything. */
  get changed(): boolean {
    return [...this.rows.values()].some(({ created, updated }) => created + updated > 0);
  }

  private rowOf(kind: ReportKind): ReportRow {
    const known = this.rows.get(kind);
    if (known) return known;
    const row = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
    this.rows.set(kind, row);
    return row;
  }
}
