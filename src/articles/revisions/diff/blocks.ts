/** What has become of a body, block by block: of paragraphs, headings, images. */
import { diffArrays } from 'diff';
import { parseBody } from '../../body';
import { type DiffKind, type DiffPart, diffWords, wordsOf } from './words';

/** CHANGED: one block took the place of another that says much the same. */
export type BlockChangeKind = DiffKind | 'CHANGED';

export interface BlockChange {
  readonly kind: BlockChangeKind;
  /** Unchanged blocks that are left out before this one. */
  readonly skipped: number;
  /** Its HTML; null where it was not there. */
  readonly before: string | null;
  readonly after: string | null;
  /** Its text. */
  readonly parts: readonly DiffPart[];
}

export interface BodyDiff {
  /** Those that have changed, with one that has not before and after them; in reading order. */
  readonly blocks: readonly BlockChange[];
  /** False where more has changed than is told. */
  readonly isComplete: boolean;
}

/** Most blocks that are told of. */
export const MAX_BLOCKS = 500;
/** Blocks that may be exchanged before one body is taken for another altogether. */
const MAX_EXCHANGED = 1_000;
/** Most pairs of blocks that are looked at, to find which has become of which. */
const MAX_PAIRS = 2_500;
/** From 0 to 1: words in common from which on a block is the former one, changed. */
const LIKENESS = 0.25;

interface Side {
  readonly html: string;
  readonly text: string;
}

export function diffBodies(before: string, after: string, language: string): BodyDiff {
  const [old, now] = [before, after].map((html) => parseBody(html).blocks.map((block) => block.html));
  const changes = [...changesOf(old ?? [], now ?? [], language)];
  const blocks: BlockChange[] = [];
  let skipped = 0;
  for (const [index, change] of changes.entries()) {
    const isNear = [index - 1, index, index + 1].some((place) => (changes[place]?.kind ?? 'SAME') !== 'SAME');
    if (isNear) blocks.push({ ...change, skipped });
    skipped = isNear ? 0 : skipped + 1;
  }
  return { blocks: blocks.slice(0, MAX_BLOCKS), isComplete: blocks.length <= MAX_BLOCKS };
}

function* changesOf(
  before: readonly string[],
  after: readonly string[],
  language: string,
): Generator<Omit<BlockChange, 'skipped'>> {
  const runs = diffArrays([...before], [...after], { maxEditLength: MAX_EXCHANGED }) ?? [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
  let removed: readonly string[] = [];
  for (const run of runs) {
    if (run.removed) {
      removed = run.value;
      continue;
    }
    yield* replaced(removed, run.added ? run.value : [], language);
    removed = [];
    if (!run.added) for (const html of run.value) yield same(html);
  }
  yield* replaced(removed, [], language);
}

/** Some blocks that others took the place of: those that say much the same are one that was changed. */
function* replaced(
  before: readonly string[],
  after: readonly string[],
  language: string,
): Generator<Omit<BlockChange, 'skipped'>> {
  const [old, now] = [before.map(sideOf), after.map(sideOf)];
  let [nextOld, nextNow] = [0, 0];
  for (const [o, n] of [...pairsOf(old, now, language), [old.length, now.length] as const]) {
    for (const { html, text } of old.slice(nextOld, o))
      yield { kind: 'REMOVED', before: html, after: null, parts: diffWords(text, '', language) };
    for (const { html, text } of now.slice(nextNow, n))
      yield { kind: 'ADDED', before: null, after: html, parts: diffWords('', text, language) };
    [nextOld, nextNow] = [o + 1, n + 1];
    const [was, is] = [old[o], now[n]];
    if (!was || !is) continue;
    const parts = diffWords(was.text, is.text, language);
    yield { kind: 'CHANGED', before: was.html, after: is.html, parts };
  }
}

/** Which has become of which, in the order of both: the pairs that together have most in common. */
function pairsOf(old: readonly Side[], now: readonly Side[], language: string): [number, number][] {
  if (old.length === 0 || now.length === 0) return [];
  if (old.length * now.length > MAX_PAIRS) {
    return Array.from({ length: Math.min(old.length, now.length) }, (_, index) => [index, index]);
  }
  const [oldWords, nowWords] = [old, now].map((sides) =>
    sides.map(({ text }) => new Set(wordsOf(text.slice(0, MAX_LIKENED), language).filter(isWord))),
  );
  const like = (o: number, n: number) => likeness(oldWords?.[o] ?? NONE, nowWords?.[n] ?? NONE);
  // best[o][n]: what the blocks from o and from n on have in common at best.
  const best = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (o: number, n: number) => best[o]?.[n] ?? 0;
  for (let o = old.length - 1; o >= 0; o--) {
    const row = best[o] ?? [];
    for (let n = now.length - 1; n >= 0; n--)
      row[n] = Math.max(at(o + 1, n), at(o, n + 1), like(o, n) + at(o + 1, n + 1));
  }
  const pairs: [number, number][] = [];
  for (let [o, n] = [0, 0]; o < old.length && n < now.length; ) {
    const mine = like(o, n);
    if (mine > 0 && at(o, n) === mine + at(o + 1, n + 1)) pairs.push([o++, n++]);
    else if (at(o, n) === at(o + 1, n)) o++;
    else n++;
  }
  return pairs;
}

/** Characters of a block that are looked at to see what it is. */
const MAX_LIKENED = 2_000;
const NONE: ReadonlySet<string> = new Set();

function isWord(segment: string): boolean {
  return /[\p{L}\p{N}]/u.test(segment);
}

/** Words in common, of all that there are (Jaccard's index); 0 where that is too few. Blocks without words are alike. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  const index = common / (a.size + b.size - common);
  return index < LIKENESS ? 0 : index;
}

function sideOf(html: string): Side {
  return { html, text: parseBody(html).text };
}

function same(html: string): Omit<BlockChange, 'skipped'> {
  return { kind: 'SAME', before: html, after: html, parts: [{ kind: 'SAME', text: parseBody(html).text }] };
}
