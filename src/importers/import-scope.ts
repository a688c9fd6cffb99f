import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import type { Database, Tx } from '../database';
import type { Gazetteer } from '../gazetteer';
import type { Tagger } from '../tagging';
import { ImportReport } from './import-report';

/** Who imports, from where, and into which report. */
export interface ImportScope {
  readonly actor: Actor;
  readonly at: Instant;
  /** What is private is remembered under its secret. */
  readonly box: SecretBox;
  /** Names the other system: keys are remembered under it. */
  readonly source: string;
  /** The language of what does not tell its own. */
  readonly language: string;
  readonly report: ImportReport;
  /** What tags and categories are recognised by. */
  readonly gazetteer: Gazetteer;
  /** Finds what texts name. */
  readonly tagger: Tagger;
  readonly edited: EditedHere;
}

/**
 * What becomes of something that was edited here since it was imported, and has changed over there as well:
 * REPORT leaves it and counts it as lost, THEIRS overwrites it, OURS leaves it and says that it is settled.
 */
export type EditedHere = 'REPORT' | 'THEIRS' | 'OURS';

/**
 * One transaction of an import. What `work` counts is in a report of its own until it is committed: after a
 * deadlock it runs again.
 */
export async function writeBatch(
  database: Database,
  scope: ImportScope,
  work: (tx: Tx, scope: ImportScope) => Promise<void>,
): Promise<void> {
  const report = await database.write(async (tx) => {
    const counted = new ImportReport();
    await work(tx, { ...scope, report: counted });
    return counted;
  });
  scope.report.add(report);
}
