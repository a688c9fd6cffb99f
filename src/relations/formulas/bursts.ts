/** A run of days on which something was in the news far more than usual. */
export interface BurstOfDays {
  /** Places in the counts: the first day, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** By how much the burst explains its days better than the usual state does; natural logarithm. */
  readonly weight: number;
}

/** The rate in a burst is this many times the usual one. */
const SCALING = 2;
/** The cost of entering a burst is this times ln(number of days). */
const GAMMA = 1;
/** Where the usual rate is so high that a burst's would pass 1. */
const MOST = 0.9999;

/**
 * Kleinberg's two-state automaton in its batch model: on each day `counts` of `totals` articles were relevant, at the
 * usual rate p0 = sum counts / sum totals or, in a burst, at p1 = 2 p0. The cheapest sequence of states is found by
 * Viterbi's algorithm; to enter a burst costs ln(days), to leave it nothing, and a day that both states explain alike
 * is a usual one. In the order of time.
 *
 * Jon Kleinberg, "Bursty and Hierarchical Structure in Streams", KDD 2002, sections 2 and 4.
 */
export function bursts(counts: ArrayLike<number>, totals: ArrayLike<number>): BurstOfDays[] {
  const usual = sum(counts) / Math.max(1, sum(totals));
  const raised = Math.min(SCALING * usual, MOST);
  if (usual === 0 || raised <= usual) return [];
  const states = cheapestStates(gainsOf(counts, totals, usual, raised), GAMMA * Math.log(counts.length));
  return runsOf(states.inBurst, states.gains);
}

/** Of each day how much cheaper the burst explains it: the difference of the costs -ln(p^r (1 - p)^(d - r)). */
function gainsOf(
  counts: ArrayLike<number>,
  totals: ArrayLike<number>,
  usual: number,
  raised: number,
): Float64Array {
  const ofRelevant = Math.log(raised / usual);
  const ofOther = Math.log((1 - raised) / (1 - usual));
  const gains = new Float64Array(counts.length);
  for (let day = 0; day < gains.length; day++) {
    const count = counts[day] ?? 0;
    gains[day] = count * ofRelevant + ((totals[day] ?? 0) - count) * ofOther;
  }
  return gains;
}

/** The costs of the two best ways so far, ending in the usual state and in a burst, with gains as negative costs. */
function cheapestStates(gains: Float64Array, entering: number) {
  const days = gains.length;
  /** Whether the best way to be in a burst on a day was in one the day before; and the same of the usual state. */
  const stays = new Uint8Array(days);
  const leaves = new Uint8Array(days);
  let usual = 0;
  let burst = Infinity;
  for (let day = 0; day < days; day++) {
    const entered = usual + entering;
    stays[day] = burst < entered ? 1 : 0;
    leaves[day] = burst < usual ? 1 : 0;
    usual = Math.min(usual, burst);
    burst = Math.min(entered, burst) - (gains[day] ?? 0);
  }
  const inBurst = new Uint8Array(days);
  let state = burst < usual ? 1 : 0;
  for (let day = days - 1; day >= 0; day--) {
    inBurst[day] = state;
    state = (state === 1 ? stays[day] : leaves[day]) ?? 0;
  }
  return { inBurst, gains };
}

function runsOf(inBurst: Uint8Array, gains: Float64Array): BurstOfDays[] {
  const runs: BurstOfDays[] = [];
  for (let day = 0; day < inBurst.length; day++) {
    if (inBurst[day] === 0) continue;
    const from = day;
    let weight = 0;
    for (; day < inBurst.length && inBurst[day] === 1; day++) weight += gains[day] ?? 0;
    runs.push({ from, to: day, weight });
  }
  return runs;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index] ?? 0;
  return total;
}
