import type { ImportReport, ReportNote } from '../importers';

const COLUMNS = ['read', 'created', 'updated', 'unchanged', 'skipped', 'failed'] as const;
/** Notes that are printed; the others are counted. */
const MAX_NOTES = 20;

/** What became of everything that was read, as a table and in words. */
export function printReport(report: ImportReport, into: string): void {
  const lines = table(report);
  if (report.reasons.size > 0) {
    lines.push('', 'Skipped or changed on the way:');
    for (const [reason, count] of report.reasons) lines.push(`  ${reason} (${count})`);
  }
  if (report.notes.length > 0) {
    lines.push('', 'To look at:');
    for (const note of report.notes.slice(0, MAX_NOTES)) lines.push(`  ${placed(note)}`);
    if (report.notes.length > MAX_NOTES) lines.push(`  … and ${report.notes.length - MAX_NOTES} more`);
  }
  lines.push('', conclusion(report, into));
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** With the line of the file, unless the message tells it already. */
function placed({ line, message }: ReportNote): string {
  return line === 0 || message.startsWith('line ') ? message : `line ${line}: ${message}`;
}

function table(report: ImportReport): string[] {
  const rows = [...report.rows].map(([kind, row]) => [kind, ...COLUMNS.map((column) => String(row[column]))]);
  const all = [['', ...COLUMNS], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map(([kind = '', ...cells]) => {
    const numbers = cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0));
    return [kind.padEnd(widths[0] ?? 0), ...numbers].join('  ');
  });
}

function conclusion(report: ImportReport, into: string): string {
  if (report.lost) return `Not everything arrived in ${into}: see above.`;
  return report.changed ? `Imported into ${into}.` : `Nothing has changed: ${into} had all of it.`;
}
