import { TextDecoder } from 'node:util';
import type { OnProblem } from './problem';

/** In bytes: how far an XML declaration may reach. */
const MAX_DECLARATION = 1024;
/** In bytes: what is decoded at once makes a text that V8 keeps among those that it throws away at little cost. */
const STEP = 32_768;
const UTF8_LABELS = new Set(['utf-8', 'utf8']);

/** What decides which bytes become text at all. */
export interface Sieve {
  /** What of a chunk is to be decoded now. It goes on only when what it gave has been dealt with, and may keep some back. */
  pass(chunk: Uint8Array): Iterable<Uint8Array>;
  /** What it has kept back. */
  rest(): Uint8Array;
}

/**
 * Turns chunks of bytes into text: by the byte order mark, else by the encoding that the XML declaration names, else
 * as UTF-8. Chunks that are strings already are passed on.
 * @param sieve of bytes in UTF-8: any other encoding is decoded whole
 */
export async function* decodeText(
  source: AsyncIterable<Uint8Array | string>,
  onProblem: OnProblem,
  sieve?: Sieve,
): AsyncGenerator<string, void, undefined> {
  let decoder: TextDecoder | null = null;
  let head: Uint8Array = new Uint8Array(0);
  try {
    for await (const chunk of source) {
      if (typeof chunk === 'string') {
        yield chunk;
        continue;
      }
      if (decoder !== null) {
        yield* decoded(chunk, decoder, sieve);
        continue;
      }
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (!tellsEncoding(head)) continue;
      decoder = decoderFor(head, onProblem);
      yield* decoded(head, decoder, sieve);
    }
  } catch (error) {
    // What came before the source broke off has been read.
    if (decoder !== null) yield decoder.decode(sieve?.rest());
    throw error;
  }
  if (decoder !== null) yield decoder.decode(sieve?.rest());
  else if (head.length > 0) yield decoderFor(head, onProblem).decode(head);
}

function* decoded(
  chunk: Uint8Array,
  decoder: TextDecoder,
  sieve: Sieve | undefined,
): Generator<string, void, undefined> {
  const pieces = sieve !== undefined && decoder.encoding === 'utf-8' ? sieve.pass(chunk) : [chunk];
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += STEP) {
      yield decoder.decode(piece.subarray(at, at + STEP), { stream: true });
    }
  }
}

function tellsEncoding(head: Uint8Array): boolean {
  if (head.length >= MAX_DECLARATION) return true;
  if (head.length < 4) return false;
  return byMark(head) !== null || head.includes(0x3e);
}

function decoderFor(head: Uint8Array, onProblem: OnProblem): TextDecoder {
  const marked = byMark(head);
  if (marked !== null) return new TextDecoder(marked);
  const declaration = Buffer.from(head.subarray(0, MAX_DECLARATION)).toString('latin1');
  const label = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)["']/
    .exec(declaration)?.[1]
    ?.trim()
    .toLowerCase();
  if (label === undefined || UTF8_LABELS.has(label)) return new TextDecoder('utf-8');
  // The declaration itself was read byte by byte, so it cannot be UTF-16 whatever it says.
  if (!label.startsWith('utf-16') && !label.startsWith('ucs-2')) {
    try {
      return new TextDecoder(label);
    } catch {
      // Reported below.
    }
  }
  onProblem({
    line: 1,
    column: 1,
    kind: 'unknown-encoding',
    severity: 'mended',
    message: `the declared encoding "${label.slice(0, 40)}" cannot be right or is not known; the file is read as UTF-8`,
  });
  return new TextDecoder('utf-8');
}

/** By the byte order mark, or by the zero byte that UTF-16 puts beside the first `<`. */
function byMark(head: Uint8Array): string | null {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  return null;
}
