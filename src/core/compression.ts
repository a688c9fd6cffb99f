/** How what is sent is compressed: in the codings that clients take, and at what pains. */
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';

export type Coding = 'br' | 'gzip' | 'identity';

/** Bytes below which compressing costs more than it saves. */
export const COMPRESS_ABOVE = 1_024;

/** 4 of 11: what the higher levels save on an answer is less than what they take to make. */
export const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/**
 * Bytes up to which it is done at once, in a fifth of a millisecond at most. To hand it to another thread takes as long
 * again as the work itself, and half of that here.
 */
const AT_ONCE = 8_192;

/** The bytes in the coding; what is large is compressed off the event loop. */
export function compress(bytes: Buffer, coding: 'br' | 'gzip'): Buffer | Promise<Buffer> {
  if (bytes.length > AT_ONCE) return compressAside(bytes, coding);
  return coding === 'br' ? brotliCompressSync(bytes, BROTLI) : gzipSync(bytes);
}

const aside = { br: promisify(brotliCompress), gzip: promisify(gzip) };

async function compressAside(bytes: Buffer, coding: 'br' | 'gzip'): Promise<Buffer> {
  return coding === 'br' ? aside.br(bytes, BROTLI) : aside.gzip(bytes);
}
