import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export interface Told {
  readonly status: number | undefined;
  /** In the order of their names, without that of the time. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** As they came: of a compressed body. */
  readonly bytes: number;
}

/** What goes with a request in the way in which Fastify has to take it, and that makes no other difference. */
export const BY_FASTIFY = { 'content-type': 'application/json;charset=utf-8' };

/** Posts as programs do that ask for nothing but an answer: `fetch` would ask for a compressed one. */
export function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Told> {
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const sent = request(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': length, ...headers },
    });
    sent.on('response', (response) => {
      buffer(response).then((bytes) => {
        const found = Object.entries(response.headersDistinct).map(
          ([name, values = []]) => [name, values.join('\n')] as const,
        );
        resolve({
          status: response.statusCode,
          headers: found.filter(([name]) => name !== 'date').sort(([a], [b]) => (a < b ? -1 : 1)),
          body: unpacked(bytes, response.headers['content-encoding']).toString(),
          bytes: bytes.length,
        });
      }, reject);
    });
    sent.on('error', reject).end(body);
  });
}

function unpacked(bytes: Buffer, coding: string | undefined): Buffer {
  if (coding === undefined) return bytes;
  return coding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes);
}
