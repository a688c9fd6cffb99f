import { z } from 'zod';
import { keySets } from './key-set';
import type { Line } from './line-source';
import {
  END_TYPE,
  type End,
  end,
  HEADER_TYPE,
  type Header,
  header,
  type KeyedType,
  type NewsroomRecord,
  newsroomRecord,
  noCounts,
  PRIVATE_TYPES,
  READABLE,
  RECORD_TYPES,
  type RecordOf,
} from './record';
import { referencesOf } from './references';
import { malformed, refusal } from './refusal';

/** A record with the line that it stands on. */
export interface Numbered<R extends NewsroomRecord = NewsroomRecord> {
  readonly line: number;
  readonly record: R;
}

const typed = z.looseObject({ type: z.string() });
const versioned = z.looseObject({ type: z.literal(HEADER_TYPE), version: z.number() });

/**
 * Reads the lines of an export in their order. It refuses whatever can be told from the lines alone: what is
 * no record, an id that comes twice, a reference to something that no line before has, a file that is cut off.
 * @throws DatelineError BAD_USER_INPUT, which names the line
 */
export class LineReader {
  readonly counts = noCounts();
  private readonly seen = keySets();
  private begun: Header | undefined;
  private ended: End | undefined;
  private last = 0;
  private lastChange = 0;

  /** The record on the line, or null for the first and the last, which have none. */
  read({ number, text }: Line): NewsroomRecord | null {
    this.last = number;
    if (this.ended) throw refusal(number, 'There is something after the last line of the export.');
    const value = parsed(number, text, this.begun !== undefined);
    if (!this.begun) {
      this.begun = headerOf(number, value);
      return null;
    }
    const { type } = valid(number, typed, value);
    if (type === END_TYPE) {
      this.ended = valid(number, end, value);
      this.assertComplete(number, this.ended);
      return null;
    }
    if (!RECORD_TYPES.some((known) => known === type)) {
      throw refusal(number, `"${type.slice(0, 50)}" is not a type that this Dateline knows.`, 'type');
    }
    const record = valid(number, newsroomRecord, value);
    this.remember(number, record);
    return record;
  }

  /** Whether the last line has been read. */
  get isComplete(): boolean {
    return this.ended !== undefined;
  }

  /** What the first line says; to be asked once it has been read. */
  header(): Header {
    if (!this.begun) throw refusal(1, 'The file is empty.');
    return this.begun;
  }

  /** What the last line says; to be asked when there are no more lines. */
  finish(): End {
    this.header();
    if (this.ended) return this.ended;
    throw refusal(
      this.last,
      'The file is cut off after it: the last line, which counts the others, is missing.',
    );
  }

  private remember(line: number, record: NewsroomRecord): void {
    if (isPrivate(record) && this.header().secret === null) {
      throw refusal(line, 'The first line names no secret that this could be sealed under.');
    }
    for (const { field, type, key } of referencesOf(record)) {
      if (!this.seen[type].has(key)) throw refusal(line, `No line before it has this ${type}.`, field);
    }
    if ('id' in record && record.type !== 'apiKey') this.rememberId(line, record);
    if (record.type === 'change') this.rememberChange(line, record.seq);
    this.counts[record.type] += 1;
  }

  private rememberId(line: number, { type, id }: RecordOf<KeyedType>): void {
    if (this.seen[type].has(id)) {
      const each = `${/^[ai]/.test(type) ? 'an' : 'a'} ${type}`;
      throw refusal(line, `A line before it has ${each} with this id.`, 'id');
    }
    this.seen[type].add(id);
  }

  private rememberChange(line: number, seq: number): void {
    if (seq <= this.lastChange)
      throw refusal(line, 'A line before it has this number or a higher one.', 'seq');
    if (seq > this.header().lastChange) {
      throw refusal(line, 'The first line says that the log ends before it.', 'seq');
    }
    this.lastChange = seq;
  }

  private assertComplete(line: number, { counts }: End): void {
    for (const type of RECORD_TYPES) {
      if (counts[type] !== this.counts[type]) {
        throw refusal(
          line,
          `The export had ${counts[type]} lines of type ${type}, and the file has ${this.counts[type]}.`,
          `counts.${type}`,
        );
      }
    }
  }
}

/** Whether the record is of the kind that is only there when it was asked for. */
export function isPrivate({ type }: NewsroomRecord): boolean {
  return PRIVATE_TYPES.some((each) => each === type);
}

function parsed(line: number, text: string, begun: boolean): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw begun ? refusal(line, 'This is not JSON: the file is damaged, or cut off here.') : noExport(line);
  }
}

function headerOf(line: number, value: unknown): Header {
  const known = versioned.safeParse(value);
  if (!known.success) throw noExport(line);
  const { version } = known.data;
  if (!READABLE.some((each) => each === version)) {
    throw refusal(
      line,
      `The export has version ${version} of the format, and this Dateline reads versions ${READABLE.join(' and ')}.`,
      'version',
    );
  }
  return valid(line, header, value);
}

function noExport(line: number) {
  return refusal(line, `This is no export of Dateline: that begins with {"type":"${HEADER_TYPE}",….`);
}

function valid<T extends z.ZodType>(line: number, schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) throw malformed(line, result.error);
  return result.data;
}
