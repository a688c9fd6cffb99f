import { readFileSync, statSync } from 'node:fs';
import { DatelineError } from '../core/errors';
import builtIn from './beat.json';
import { countries } from './countries';
import { Gazetteer } from './gazetteer';
import { readBeat } from './read-beat';

/** Bytes. */
const MAX_FILE = 20 * 1_048_576;
const MAX_PROBLEMS = 20;

/**
 * The countries of the world and the beat: that of the file, or without one that which comes with Dateline,
 * Afghanistan and Pakistan.
 * @throws DatelineError BAD_USER_INPUT that names every entry which is wrong; Error (ENOENT, …) when the file
 * cannot be read
 */
export function loadGazetteer(file: string | null): Gazetteer {
  const content: unknown = file === null ? builtIn : contentOf(file);
  const { entries, problems } = readBeat(content, countries());
  if (problems.length > 0) throw unusable(file ?? 'that comes with Dateline', problems);
  return new Gazetteer(entries);
}

function contentOf(file: string): unknown {
  const { size } = statSync(file);
  if (size > MAX_FILE) throw unusable(file, [`It has ${size} bytes; at most ${MAX_FILE} are read.`]);
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable(file, [`It is not JSON. ${placed(error, text)}`]);
  }
}

/** What the parser says; where it counts characters, the line, which is what an editor shows. */
function placed(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = / at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return message;
  return `Line ${text.slice(0, Number(position)).split('\n').length}: ${message}`;
}

function unusable(file: string, problems: readonly string[]): DatelineError {
  const lines = problems.slice(0, MAX_PROBLEMS).map((problem) => `\n  - ${problem}`);
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`\n  - and ${more} more`);
  return new DatelineError('BAD_USER_INPUT', `The gazetteer ${file} cannot be used:${lines.join('')}`);
}
