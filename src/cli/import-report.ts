import { type ImportReport, REPORT_KINDS, type ReportNote } from '../importers';
import type { ImportMode } from './report-file';

const COLUMNS = ['read', 'created', 'updated', 'unchanged', 'skipped', 'failed'] as const;
/** Notes, and reasons of a kind, that are printed; the others are counted. */
const MAX_NOTES = 20;
const MAX_REASONS = 40;

/** What became of everything that was read, as a table and in words. */
export function printReport(report: ImportReport, into: string, mode: ImportMode): void {
  const lines = table(report);
  if (report.skipped.length > 0) {
    lines.push('', 'Skipped:');
    for (const { kind, reason, count } of report.skipped.slice(0, MAX_REASONS)) {
      lines.push(`  ${kind}: ${reason} (${count})`);
    }
    lines.push(...more(report.skipped.length - MAX_REASONS));
  }
  if (report.reasons.size > 0) {
    lines.push('', 'On the way:');
    for (const [reason, count] of [...report.reasons].slice(0, MAX_REASONS))
      lines.push(`  ${reason} (${count})`);
    lines.push(...more(report.reasons.size - MAX_REASONS));
  }
  if (report.notes.length > 0) {
    lines.push('', 'To look at:');
    // What was lost comes first.
    const notes = [...report.notes].sort((a, b) => Number(b.lost) - Number(a.lost));
    for (const note of notes.slice(0, MAX_NOTES)) lines.push(`  ${placed(note)}`);
    const { lost, other } = report.omitted;
    lines.push(...more(notes.length + lost + other - Math.min(notes.length, MAX_NOTES)));
  }
  lines.push('', conclusion(report, into, mode));
  process.stdout.write(`${lines.join('\n')}\n`);
}

function more(count: number): string[] {
  return count > 0 ? [`  … and ${count} more (--report writes them into a file)`] : [];
}

/** With the line of the file, unless the message tells it already. */
function placed({ line, message }: ReportNote): string {
  return line === 0 || message.startsWith('line ') ? message : `line ${line}: ${message}`;
}

function table(report: ImportReport): string[] {
  const rows = REPORT_KINDS.flatMap((kind) => {
    const row = report.rows.get(kind);
    return row ? [[kind, ...COLUMNS.map((column) => String(row[column]))]] : [];
  });
  const all = [['', ...COLUMNS], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map(([kind = '', ...cells]) => {
    const numbers = cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0));
    return [kind.padEnd(widths[0] ?? 0), ...numbers].join('  ');
  });
}

function conclusion(report: ImportReport, into: string, mode: ImportMode): string {
  if (mode === 'DRY_RUN') return `A dry run: nothing was written. This is what a run would do to ${into}.`;
  if (report.lost) return `Not everything arrived in ${into}: see above.`;
  return report.changed ? `Imported into ${into}.` : `Nothing has changed: ${into} had all of it.`;
}
