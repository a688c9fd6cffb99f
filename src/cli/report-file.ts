import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Instant } from '../core/clock';
import { CommandError } from '../failure';
import type { ImportReport, ReportKind, ReportRow } from '../importers';

/** RUN, or a DRY_RUN that has written nothing and tells what a run would do. */
export type ImportMode = 'RUN' | 'DRY_RUN';

/** What a report is about. */
export interface ImportRun {
  /** The file or address, as it was given. */
  readonly source: string;
  /** The database, without a password. */
  readonly into: string;
  readonly mode: ImportMode;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
}

/**
 * The report of an import, for machines. Names stay; what is added leaves `version` as it is, and what takes
 * another meaning raises it.
 */
export interface ReportFile {
  readonly format: 'dateline-import-report';
  readonly version: 1;
  readonly source: string;
  readonly database: string;
  readonly dryRun: boolean;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Whether something of the source is not in the database now: then the exit status is not 0. */
  readonly lost: boolean;
  /** Whether the run has written anything; of a dry run, whether it would. */
  readonly changed: boolean;
  /** All kinds, also those of which nothing was read. */
  readonly counts: Readonly<Record<ReportKind, ReportRow>>;
  /** Why things were skipped; of each kind the counts add up to its `skipped`. */
  readonly skipped: readonly { readonly kind: ReportKind; readonly reason: string; readonly count: number }[];
  /** What happened to things on their way. */
  readonly remarks: readonly { readonly text: string; readonly count: number }[];
  /** `line` is that of the file; null where there is none. */
  readonly notes: readonly {
    readonly line: number | null;
    readonly lost: boolean;
    readonly message: string;
  }[];
  /** Notes beyond the first thousand of what was lost, and of what was not. */
  readonly notesLeftOut: { readonly lost: number; readonly other: number };
}

/** @throws CommandError before hours of work are done for a report that cannot be written */
export async function assertWritable(path: string): Promise<void> {
  await access(dirname(path), constants.W_OK).catch(() => {
    throw new CommandError(
      `The report cannot be written to ${path}: there is no such folder, or it is closed.`,
    );
  });
}

export async function writeReport(path: string, report: ImportReport, run: ImportRun): Promise<void> {
  await writeFile(path, `${JSON.stringify(reportFile(report, run), null, 2)}\n`);
}

function reportFile(report: ImportReport, run: ImportRun): ReportFile {
  return {
    format: 'dateline-import-report',
    version: 1,
    source: run.source,
    database: run.into,
    dryRun: run.mode === 'DRY_RUN',
    startedAt: new Date(run.startedAt).toISOString(),
    finishedAt: new Date(run.finishedAt).toISOString(),
    lost: report.lost,
    changed: report.changed,
    counts: countsOf(report),
    skipped: report.skipped,
    remarks: [...report.reasons].map(([text, count]) => ({ text, count })),
    notes: report.notes.map(({ line, lost, message }) => ({ line: line === 0 ? null : line, lost, message })),
    notesLeftOut: report.omitted,
  };
}

function countsOf({ rows }: ImportReport): ReportFile['counts'] {
  const of = (kind: ReportKind): ReportRow =>
    rows.get(kind) ?? { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  return {
    ...{ authors: of('authors'), categories: of('categories'), topics: of('topics'), images: of('images') },
    ...{ articles: of('articles'), pages: of('pages'), comments: of('comments'), other: of('other') },
  };
}
