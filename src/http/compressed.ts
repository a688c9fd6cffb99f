import { COMPRESS_ABOVE, type Coding, compress } from '../core/compression';
import { codingOf } from './coding';
import type { AnyReply, AnyRequest } from './exchange';

/**
 * What is sent of an answer to who takes it compressed: in one piece, so that it goes with its length and needs no stream.
 * Rejects where it cannot be compressed; its headers are then as they were.
 */
export function compressed<P>(
  request: AnyRequest,
  reply: AnyReply,
  payload: P,
): P | Buffer | Promise<Buffer> {
  const coding = codingOf(request);
  const isWhole = typeof payload === 'string' || Buffer.isBuffer(payload);
  if (coding === 'identity' || !isWhole || Buffer.byteLength(payload) < COMPRESS_ABOVE) return payload;
  // What is kept comes as the client takes it.
  if (reply.getHeader('content-encoding') !== undefined) return payload;
  const form = compress(typeof payload === 'string' ? Buffer.from(payload) : payload, coding);
  if (form instanceof Promise) return form.then((bytes) => told(reply, coding, bytes));
  return told(reply, coding, form);
}

function told(reply: AnyReply, coding: Coding, bytes: Buffer): Buffer {
  const vary = reply.getHeader('vary');
  reply.header('content-encoding', coding);
  reply.header('vary', vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`);
  return bytes;
}
