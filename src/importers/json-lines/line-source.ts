import { Readable } from 'node:stream';
import { type OpenedSource, openSource, type SourceProgress } from '../wordpress';
import { refusal } from './refusal';

/** A file ("-" for standard input) or a stream of bytes, compressed by gzip or not; or lines as they are. */
export type LinesFrom = string | Readable | AsyncIterable<string>;

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

export interface OpenedLines {
  /** Lines that are not blank. @throws DatelineError BAD_USER_INPUT where the bytes are no text */
  readonly lines: AsyncIterable<Line>;
  progress(): SourceProgress;
  close(): void;
}

/** Bytes of the longest line that is read: whoever sends more sends something else. */
const MAX_LINE = 64 * 1024 * 1024;

/** @throws Error (ENOENT, EACCES, …) where a file cannot be opened */
export async function openLines(from: LinesFrom): Promise<OpenedLines> {
  if (typeof from !== 'string' && !(from instanceof Readable)) {
    return {
      lines: numbered(from),
      progress: () => ({ bytesRead: 0, totalBytes: null }),
      close: () => undefined,
    };
  }
  const source = await (typeof from === 'string' ? openSource(from) : openSource('-', from));
  return {
    lines: numbered(split(source)),
    progress: () => source.progress(),
    close: () => source.close(),
  };
}

async function* numbered(lines: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() !== '') yield { number, text };
  }
}

const LINE_FEED = 0x0a;

/** Only a line feed ends a line: JSON may hold the other characters that readers of text take for an end. */
async function* split({ stream }: OpenedSource): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest: Buffer[] = [];
  let length = 0;
  let read = 0;
  const line = (last: Buffer) => {
    const bytes = rest.length === 0 ? last : Buffer.concat([...rest, last]);
    rest = [];
    length = 0;
    const text = decoder.decode(bytes);
    read += 1;
    return text;
  };
  try {
    for await (const bytes of stream) {
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        yield line(bytes.subarray(start, end));
        start = end + 1;
      }
      rest.push(bytes.subarray(start));
      length += bytes.length - start;
      if (length > MAX_LINE) throw refusal(read + 1, 'It is too long to be a line of an export.');
    }
    yield line(Buffer.alloc(0));
  } catch (error) {
    throw explained(error, read + 1);
  }
}

function explained(error: unknown, line: number): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return refusal(line, 'It is not UTF-8.');
  if (code === 'Z_BUF_ERROR') return refusal(line, 'The compressed file is cut off here.');
  if (code.startsWith('Z_')) return refusal(line, 'The compressed file is damaged here.');
  return error;
}
