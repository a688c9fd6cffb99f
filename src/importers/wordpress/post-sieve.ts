import type { Sieve } from './decode-text';
import { type SkimmedPost, skimPost } from './skimmed-post';
import type { Stretch } from './text-window';

export interface PostSieveSink {
  /** Whether what comes next may be taken out: all before it has been dealt with, and it is no part of a record. */
  mayTake(): boolean;
  took(post: SkimmedPost, stretch: Stretch): void;
}

const OPENING = '<item>';
const CLOSING = '</item>';
/** In bytes: a longer item is read. */
const MAX_LENGTH = 1_048_576;
const NOTHING = Buffer.alloc(0);

/**
 * Takes ordinary posts out of the bytes of an export, and only looks through them. Most of a file need not become text
 * then, and what is looked for in bytes is found several times as fast as in letters of which most take two or more.
 */
export class PostSieve implements Sieve {
  private waiting: Buffer = NOTHING;

  constructor(private readonly sink: PostSieveSink) {}

  *pass(chunk: Uint8Array): Generator<Uint8Array, void, undefined> {
    const bytes = this.withWaiting(chunk);
    let at = 0;
    for (;;) {
      const item = bytes.indexOf(OPENING, at);
      // Without one, the last bytes may be the beginning of one.
      const before = item === -1 ? Math.max(at, bytes.length - OPENING.length + 1) : item;
      if (before > at) yield bytes.subarray(at, before);
      at = before;
      if (item === -1) break;
      const end = this.sink.mayTake() ? itemEnd(bytes, item) : item + OPENING.length;
      if (end === null) break;
      if (!this.take(bytes, item, end)) yield bytes.subarray(item, end);
      at = end;
    }
    this.waiting = bytes.subarray(at);
  }

  rest(): Uint8Array {
    return this.waiting;
  }

  private withWaiting(chunk: Uint8Array): Buffer {
    if (this.waiting.length > 0) return Buffer.concat([this.waiting, chunk]);
    return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }

  private take(bytes: Buffer, from: number, end: number): boolean {
    if (end - from <= OPENING.length) return false;
    // A letter a byte: what is looked for is of ASCII, and none of that is a part of another letter in UTF-8.
    const item = bytes.toString('latin1', from, end);
    // A carriage return may be a line break of its own.
    const post = item.includes('\r') ? null : skimPost(item.slice(0, -CLOSING.length));
    if (post === null) return false;
    const lastBreak = item.lastIndexOf('\n');
    const lastLine = bytes.toString('utf8', from + lastBreak + 1, end).length;
    this.sink.took(post, { lineBreaks: lineBreaksIn(item), lastLine });
    return true;
  }
}

/** Behind the item that begins there, or behind its tag where it is too long; null where more has to be read to tell. */
function itemEnd(bytes: Buffer, item: number): number | null {
  const end = bytes.indexOf(CLOSING, item);
  if (end === -1 && bytes.length - item <= MAX_LENGTH) return null;
  return end === -1 || end - item > MAX_LENGTH ? item + OPENING.length : end + CLOSING.length;
}

function lineBreaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
