/** What was done by a moment: of everything, from 0 to 1 (null where that is not known), and in things. */
interface Sample {
  readonly at: number;
  readonly share: number | null;
  readonly count: number;
}

/** Milliseconds that are looked back: a run that first passes over what is known soon goes at another pace. */
const WINDOW = 30_000;
/** Milliseconds between two samples, and before anything is said. */
const STEP = 500;

/** How fast something goes, and how long it will still take. `at` is in milliseconds of any clock that never goes back. */
export class Pace {
  private readonly samples: Sample[] = [];
  private latest: Sample;

  constructor(at: number) {
    this.latest = { at, share: 0, count: 0 };
    this.samples.push(this.latest);
  }

  note(at: number, share: number | null, count: number): void {
    this.latest = { at, share, count };
    if (at - (this.samples.at(-1)?.at ?? 0) < STEP) return;
    this.samples.push(this.latest);
    while (this.samples.length > 2 && at - (this.samples[1]?.at ?? at) > WINDOW) this.samples.shift();
  }

  /** Things a second; null before it can be told. */
  get rate(): number | null {
    const passed = this.passed();
    return passed === null ? null : ((this.latest.count - (this.samples[0]?.count ?? 0)) / passed) * 1_000;
  }

  /** Milliseconds; null where it cannot be told. */
  get remaining(): number | null {
    const passed = this.passed();
    const { share } = this.latest;
    const before = this.samples[0]?.share ?? null;
    if (passed === null || share === null || before === null || share <= before) return null;
    return ((1 - share) * passed) / (share - before);
  }

  private passed(): number | null {
    const passed = this.latest.at - (this.samples[0]?.at ?? 0);
    return passed < STEP ? null : passed;
  }
}
