/**
 * What can be done at the very best to send an answer that is there: a bare HTTP server that takes a request in, and
 * sends the bytes that BENCH_BYTES, a file, has for it.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** The answers by the body of the request and the coding that the client takes. */
export type Answers = readonly (readonly [key: string, base64: string])[];

const answers = new Map(
  (JSON.parse(readFileSync(process.env.BENCH_BYTES ?? '', 'utf8')) as Answers).map(([key, base64]) => [
    key,
    Buffer.from(base64, 'base64'),
  ]),
);

createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const coding = request.headers['accept-encoding'];
    const bytes = answers.get(`${coding ?? ''}\n${Buffer.concat(parts).toString()}`);
    if (bytes === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': bytes.length,
      ...(coding === undefined ? {} : { 'content-encoding': coding }),
    });
    response.end(bytes);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
