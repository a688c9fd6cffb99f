import type { ImportFault } from './import-source';

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

/** In the order in which they are shown. */
export const REPORT_KINDS: readonly ReportKind[] = [
  ...(['authors', 'categories', 'topics', 'images'] as const),
  ...(['articles', 'pages', 'comments', 'other'] as const),
];

export type ReportRow = Record<(typeof COLUMNS)[number], number>;

/** Why things of one kind were skipped. */
export interface ReportSkip {
  readonly kind: ReportKind;
  readonly reason: string;
  readonly count: number;
}

/** Something that a person should look at; `line` is that of the file, 0 where there is none. */
export interface ReportNote {
  readonly line: number;
  readonly message: string;
  /** Whether something in the file is not here now. */
  readonly lost: boolean;
}

/** Of what was lost and of what was not, each: beyond this many notes are only counted. */
const MAX_NOTES = 1_000;
/** Beyond this many different reasons they are counted together: names of a file's shortcodes are among them. */
const MAX_REASONS = 1_000;
const FURTHER = 'for further reasons';

/** Counts everything that an import reads: nothing is dropped without being named here. */
export class ImportReport {
  readonly rows = new Map<ReportKind, ReportRow>();
  /** What happened to things on their way beside being skipped, and to how many. */
  readonly reasons = new Map<string, number>();
  readonly notes: ReportNote[] = [];
  private readonly skips = new Map<string, ReportSkip>();
  private readonly noted = { lost: 0, other: 0 };
  private lostCount = 0;

  count(kind: ReportKind, outcome: Outcome, times = 1): void {
    if (times === 0) return;
    const row = this.rowOf(kind);
    row.read += times;
    row[outcome] += times;
    if (outcome === 'failed') this.lostCount += times;
  }

  skip(kind: ReportKind, reason: string, times = 1): void {
    if (times === 0) return;
    this.count(kind, 'skipped', times);
    this.addSkip({ kind, reason, count: times });
  }

  reason(text: string, times = 1): void {
    const key = this.reasons.has(text) || this.reasons.size < MAX_REASONS ? text : FURTHER;
    this.reasons.set(key, (this.reasons.get(key) ?? 0) + times);
  }

  fault({ line, message }: ImportFault): void {
    this.count('other', 'failed');
    this.note({ line, message: `line ${line}: the import failed at this (${message})`, lost: true });
  }

  note(note: ReportNote): void {
    if (note.lost) this.lostCount += 1;
    this.addNote(note);
  }

  /** Counts what another report has counted as well. */
  add(other: ImportReport): void {
    for (const [kind, row] of other.rows) {
      const mine = this.rowOf(kind);
      for (const column of COLUMNS) mine[column] += row[column];
    }
    for (const [text, times] of other.reasons) this.reason(text, times);
    for (const skip of other.skips.values()) this.addSkip(skip);
    for (const note of other.notes) this.addNote(note);
    for (const name of ['lost', 'other'] as const) this.noted[name] += other.omitted[name];
    this.lostCount += other.lostCount;
  }

  /** By kind, the most frequent first. */
  get skipped(): readonly ReportSkip[] {
    const place = ({ kind }: ReportSkip) => REPORT_KINDS.indexOf(kind);
    return [...this.skips.values()].sort((a, b) => place(a) - place(b) || b.count - a.count);
  }

  /** How many notes there are beside those in `notes`. */
  get omitted(): { readonly lost: number; readonly other: number } {
    const kept = this.notes.filter(({ lost }) => lost).length;
    return { lost: this.noted.lost - kept, other: this.noted.other - (this.notes.length - kept) };
  }

  /** Whether something in the file did not arrive, for whatever reason. */
  get lost(): boolean {
    return this.lostCount > 0;
  }

  /** Whether the import wrote anything. */
  get changed(): boolean {
    return [...this.rows.values()].some(({ created, updated }) => created + updated > 0);
  }

  private addSkip({ kind, reason, count }: ReportSkip): void {
    const known = this.skips.has(`${kind} ${reason}`) || this.skips.size < MAX_REASONS;
    const told = known ? reason : FURTHER;
    const before = this.skips.get(`${kind} ${told}`)?.count ?? 0;
    this.skips.set(`${kind} ${told}`, { kind, reason: told, count: before + count });
  }

  private addNote(note: ReportNote): void {
    const name = note.lost ? 'lost' : 'other';
    this.noted[name] += 1;
    if (this.noted[name] <= MAX_NOTES) this.notes.push(note);
  }

  private rowOf(kind: ReportKind): ReportRow {
    const known = this.rows.get(kind);
    if (known) return known;
    const row = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
    this.rows.set(kind, row);
    return row;
  }
}
