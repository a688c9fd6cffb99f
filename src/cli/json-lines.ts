import type { Clock } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import type { Database } from '../database';
import { CommandError } from '../failure';
import type { ImportReport } from '../importers';

export interface JsonLinesImport {
  readonly database: Database;
  readonly box: SecretBox;
  readonly clock: Clock;
  /** A file, compressed or not, or "-" for standard input. */
  readonly path: string;
  readonly onProgress?: (progress: {
    bytesRead: number;
    bytesTotal: number | null;
    articles: number;
  }) => void;
}

export interface JsonLinesExport {
  readonly database: Database;
  readonly box: SecretBox;
  /** Called with whole lines; what it returns is awaited before the next. */
  readonly write: (text: string) => Promise<void>;
  readonly onProgress?: (progress: { written: number; total: number }) => void;
}

/** Brings in what `exportJsonLines` has written. */
export async function importJsonLines(_options: JsonLinesImport): Promise<ImportReport> {
  throw new CommandError('This version of Dateline cannot read JSON Lines yet.');
}

/** Writes everything that the database holds, in an order in which it can be read back. Resolves with the lines. */
export async function exportJsonLines(_options: JsonLinesExport): Promise<number> {
  throw new CommandError('This version of Dateline cannot write JSON Lines yet.');
}
