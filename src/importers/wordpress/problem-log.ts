import type { OnProblem, ProblemKind, ProblemSeverity } from './problem';

/** How many problems of one kind are told one by one within one record, and within the file. */
const TOLD_PER_RECORD = 5;
const TOLD_PER_FILE = 1000;

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Tally {
  inRecord: number;
  told: number;
  /** Not told, and in no summary yet. */
  untold: number;
  severity: ProblemSeverity;
}

/** Keeps a file that is broken a million times from being reported a million times; nothing goes uncounted. */
export class ProblemLog {
  private readonly tallies = new Map<ProblemKind, Tally>();
  private dirty = false;

  constructor(private readonly onProblem: OnProblem) {}

  /** `where` is asked only for what is really told. */
  report(kind: ProblemKind, severity: ProblemSeverity, message: string, where: () => Place): void {
    const tally = this.tallies.get(kind) ?? { inRecord: 0, told: 0, untold: 0, severity };
    this.tallies.set(kind, tally);
    this.dirty = true;
    tally.inRecord += 1;
    if (severity !== 'mended') tally.severity = severity;
    if (tally.inRecord > TOLD_PER_RECORD || tally.told >= TOLD_PER_FILE) {
      tally.untold += 1;
      return;
    }
    tally.told += 1;
    this.onProblem({ ...where(), kind, severity, message });
  }

  /** A record ends: in the next one each kind is told again. */
  closeRecord(where: () => Place): void {
    if (!this.dirty) return;
    this.dirty = false;
    for (const [kind, tally] of this.tallies) {
      tally.inRecord = 0;
      if (tally.untold > 0 && tally.told < TOLD_PER_FILE) this.summarise(kind, tally, where);
    }
  }

  /** The file ends: what was counted only is told now. */
  finish(where: () => Place): void {
    for (const [kind, tally] of this.tallies) if (tally.untold > 0) this.summarise(kind, tally, where);
  }

  private summarise(kind: ProblemKind, tally: Tally, where: () => Place): void {
    const message = `${tally.untold} more of this kind before this place`;
    tally.untold = 0;
    tally.told += 1;
    this.onProblem({ ...where(), kind, severity: tally.severity, message });
  }
}
