/**
 * How well the tagger finds what texts name: precision and recall over sentences that were labelled by hand, by
 * language, with everything that it gets wrong. tagging/README.md says how they were chosen and what counts.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase } from '../../src/database';
import { loadGazetteer } from '../../src/gazetteer';
import { Tagger } from '../../src/tagging';
import type { Evaluation } from './evaluation';

interface Labelled {
  /** The document of the test data that the sentence is from. */
  readonly source: string;
  readonly language: string;
  readonly text: string;
  /** What is named, in the order of the text: as it is written, and the id of the gazetteer's entry. */
  readonly names: readonly (readonly [written: string, id: string])[];
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly ref: number | string;
}

interface Compared {
  readonly right: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
}

/** In the order in which they are reported; the second was drawn and labelled when the tagger was done. */
const SAMPLES = ['sample.jsonl', 'held-out.jsonl'];

export const evaluateTagging: Evaluation = async ({ print }) => {
  const tagger = new Tagger(loadGazetteer(null));
  await knowing(tagger);
  for (const file of SAMPLES) {
    const compared = read(file).map((labelled) => ({ labelled, ...compare(tagger, labelled) }));
    const languages = [...new Set(compared.map(({ labelled }) => labelled.language))];
    const table = [
      line('language', ['sentences', 'mentions', 'precision', 'recall', 'F1']),
      ...languages.map((language) =>
        line(language, figures(compared.filter(({ labelled }) => labelled.language === language))),
      ),
      line('all', figures(compared)),
    ];
    const errors = compared.flatMap(({ labelled: { source }, wrong, missed }) => [
      ...wrong.map((each) => `  wrong   ${each}, in ${source}`),
      ...missed.map((each) => `  missed  ${each}, in ${source}`),
    ]);
    print([file, ...table, ...errors, ''].join('\n'));
  }
};

/** The tagger knows what the gazetteer does: the newsroom has no topics of its own. */
async function knowing(tagger: Tagger): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-eval-'));
  const database = openDatabase(join(folder, 'empty.db'));
  try {
    await migrate(database);
    await tagger.follow(database);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
}

/** A mention is found where the tagger has the same topic at a place that overlaps. */
function compare(tagger: Tagger, { text, language, names }: Labelled): Compared {
  const readable = { title: '', standfirst: null, text, language };
  const got = tagger
    .mentions(readable)
    .map(({ occurrence: { start, end }, ref }): Place => ({ start, end, ref }));
  let from = 0;
  const wanted = names.map(([written, ref]): Place => {
    const start = placeOf(text, written, from);
    from = start + written.length;
    return { start, end: from, ref };
  });
  const told = ({ start, end, ref }: Place) => `${text.slice(start, end)} (${ref})`;
  const missed = wanted.filter((each) => !got.some((other) => isSame(each, other)));
  const wrong = got.filter((each) => !wanted.some((other) => isSame(each, other)));
  return { right: wanted.length - missed.length, missed: missed.map(told), wrong: wrong.map(told) };
}

function isSame(a: Place, b: Place): boolean {
  return a.ref === b.ref && a.start < b.end && b.start < a.end;
}

/** Where the words stand as words: "Yemen" is not in "Yemeni". */
function placeOf(text: string, written: string, from: number): number {
  for (let at = text.indexOf(written, from); at !== -1; at = text.indexOf(written, at + 1)) {
    const around = [text.slice(0, at).at(-1) ?? '', text[at + written.length] ?? ''];
    if (!around.some((letter) => /\p{L}/u.test(letter))) return at;
  }
  throw new Error(`"${written}" is not in "${text}"`);
}

function figures(compared: readonly (Compared & { readonly labelled: Labelled })[]): string[] {
  const sum = (of: (each: (typeof compared)[number]) => number) =>
    compared.reduce((total, each) => total + of(each), 0);
  const right = sum((each) => each.right);
  const precision = right / (right + sum(({ wrong }) => wrong.length));
  const mentions = sum(({ labelled }) => labelled.names.length);
  const recall = right / mentions;
  const f1 = (2 * precision * recall) / (precision + recall);
  return [`${compared.length}`, `${mentions}`, ...[precision, recall, f1].map((each) => each.toFixed(3))];
}

function line(name: string, values: readonly string[]): string {
  return name.padEnd(10) + values.map((value) => value.padStart(11)).join('');
}

function read(file: string): Labelled[] {
  const lines = readFileSync(join(__dirname, 'tagging', file), 'utf8')
    .trim()
    .split('\n');
  return lines.map((each): Labelled => JSON.parse(each));
}
