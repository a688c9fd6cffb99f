import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import fc from 'fast-check';
import pino from 'pino';
import { answerKey } from '../../src/http/answer-key';
import { BodyForms } from '../../src/http/body-forms';
import { KnownBodies } from '../../src/http/known-bodies';
import { PostedBody } from '../../src/http/posted-body';
import { StraightRequest } from '../../src/http/straight-exchange';

const forms = new BodyForms();
const log = pino({ level: 'silent' });

function request(body: string, accept?: string): StraightRequest {
  const raw = new IncomingMessage(new Socket());
  raw.method = 'POST';
  raw.url = '/graphql';
  if (accept !== undefined) raw.headers.accept = accept;
  return new StraightRequest(raw, {
    posted: new PostedBody(Buffer.from(body), forms),
    ip: '',
    log,
  });
}

const BODIES = [
  { query: '{ a }' },
  { query: '{ a }', variables: {} },
  { query: '{ a }', variables: { id: 'پښتو' } },
  { query: '{ a }', variables: { id: 'پښتَو' } },
  { query: 'query A { a } query B { b }', operationName: 'A' },
  { query: 'query A { a } query B { b }', operationName: 'B' },
  { query: 'mutation { a }' },
  { query: `{ a } # ${'x'.repeat(25_000)}` },
  { query: `{ a } # ${'x'.repeat(40_000)}` },
  { extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } },
  [{ query: '{ a }' }],
].map((body) => JSON.stringify(body));
const UNREAD = ['{', '', '{"query":"{ \\u0061 }"}', '{"query":"{ a }","__proto__":{}}'];

test('the key of a body is the same when it comes again, whatever came between', () => {
  const body = fc.constantFrom(...BODIES, ...UNREAD);
  const accept = fc.constantFrom(undefined, '*/*', 'application/json', 'text/csv', 'x'.repeat(300));
  fc.assert(
    fc.property(fc.array(fc.tuple(body, accept), { minLength: 1, maxLength: 60 }), (sequence) => {
      const bodies = new KnownBodies();
      for (const asked of sequence)
        expect(bodies.keyOf(request(...asked))).toBe(answerKey(request(...asked)));
    }),
  );
});

test('a body is read once, by whoever asks what it says', () => {
  const parse = jest.spyOn(JSON, 'parse');
  const bodies = new KnownBodies();
  const [first, second] = [request(BODIES[2] ?? ''), request(BODIES[2] ?? '')];
  const key = bodies.keyOf(first);
  expect([first.body, first.body]).toEqual(Array(2).fill(JSON.parse(BODIES[2] ?? '')));
  parse.mockClear();
  expect(bodies.keyOf(second)).toBe(key);
  expect(parse).not.toHaveBeenCalled();
  expect(second.body).toEqual(first.body);
  expect(parse).toHaveBeenCalledTimes(1);
  parse.mockRestore();
});
