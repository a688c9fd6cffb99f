import type { OnProblem, ProblemKind, ProblemSeverity } from './problem';

/** How many problems of one kind are told one by one within one record; the rest is summed up. */
const TOLD_PER_KIND = 5;

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Keeps a file that is broken a million times from being reported a million times. */
export class ProblemLog {
  private readonly counts = new Map<ProblemKind, number>();

  constructor(private readonly onProblem: OnProblem) {}

  /** `where` is asked only for what is really told. */
  report(kind: ProblemKind, severity: ProblemSeverity, message: string, where: () => Place): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    if (count <= TOLD_PER_KIND) this.onProblem({ ...where(), kind, severity, message });
  }

  /** A record, or the file, ends: the next one is told in full again. */
  closeRecord(where: () => Place): void {
    if (this.counts.size === 0) return;
    for (const [kind, count] of this.counts) {
      if (count <= TOLD_PER_KIND) continue;
      const message = `${count - TOLD_PER_KIND} more of this kind before this place`;
      this.onProblem({ ...where(), kind, severity: 'mended', message });
    }
    this.counts.clear();
  }
}
