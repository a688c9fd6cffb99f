import { setFlagsFromString } from 'node:v8';

/** How far a heap may grow beyond what is in use before it is looked what of it can be thrown away, in per cent. */
const GROWTH = {
  /** What makes much and keeps little. */
  IMPORTING: 100,
  /** With this a process of a million articles stays within 350 MB (bench/memory.ts); what it would have beyond is garbage. */
  SERVING: 75,
} as const;

/**
 * How many times as large V8 makes the room for what is new whenever it turns out to be small, up to 16 MB (8 as `npm start`
 * has it), where it would double it. The room is 1 MB when a process begins and after a pause, and turns out to be small when
 * as many bytes outlived it: that takes thousands of answers. Until then it is emptied after every eighth page of comments
 * rather than every hundredth, and the answers under way are found in it each time: such a page takes 260 µs in 1 MB, and 160
 * in 16.
 */
const YOUNG_GROWTH = 16;

/**
 * Fits the heap of this process and of its threads to its work, from now on. V8 lets one that is as small as ours become four
 * times what is in use: more memory, and a front page takes longer in it, by some 5 per cent.
 */
export function tuneHeap(work: keyof typeof GROWTH): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH[work]}`);
  if (work === 'SERVING') setFlagsFromString(`--semi-space-growth-factor=${YOUNG_GROWTH}`);
}
