import fc from 'fast-check';
import { BodyForms } from '../../src/http/body-forms';
import { PostedBody } from '../../src/http/posted-body';

const QUERIES = ['{ a }', 'query A($v: Int) { a(v: $v) }', '{ a(text: "\\"variables\\":") } # پښتو'];

const variables: fc.Arbitrary<unknown> = fc.oneof(
  fc.dictionary(fc.constantFrom('v', 'variables', 'query', 'پ'), fc.jsonValue({ maxDepth: 2 }), {
    maxKeys: 3,
  }),
  fc.jsonValue({ maxDepth: 1 }),
);

const usually = (most: string, ...others: string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(most) }, fc.constantFrom(...others));

/** As clients put bodies together, with what matters in any order, once or twice, or somewhere else. */
const bodies: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom(...QUERIES).map((query) => `"query":${JSON.stringify(query)}`),
        },
        { weight: 4, arbitrary: variables.map((value) => `"variables":${JSON.stringify(value)}`) },
        fc.constantFrom('"operationName":"A"', '"operationName":"B"', '"extensions":{"variables":{}}'),
        variables.map((value) => `"variables":${JSON.stringify(value, null, 1)}`),
        fc.constantFrom(
          '"variables":',
          '"variables":{"v":1.0}',
          '"__proto__":{}',
          '"constructor":1',
          '"v":"\\u0061"',
        ),
      ),
      { maxLength: 4 },
    ),
    usually('{', '{ ', '[{', ''),
    usually('}', ' }', '}]', '', '}}'),
  )
  .map(([parts, open, close]) => `${open}${parts.join()}${close}`);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const read = (forms: BodyForms, body: Buffer) => new PostedBody(body, forms).content;

test('a body says the same whatever came before it', () => {
  let known = 0;
  fc.assert(
    fc.property(fc.array(bodies, { minLength: 1, maxLength: 40 }), (sequence) => {
      const forms = new BodyForms();
      for (const each of [...sequence, ...sequence]) {
        const body = Buffer.from(each);
        if (forms.read(body, parsed) !== undefined) known++;
        expect(read(forms, body)).toEqual(read(new BodyForms(), body));
      }
    }),
    { numRuns: 500 },
  );
  expect(known).toBeGreaterThan(200);
});

test('of a form that is known only the variables are parsed, and nothing else that is sent is lost', () => {
  const forms = new BodyForms();
  const body = (value: unknown) =>
    Buffer.from(
      JSON.stringify({ operationName: 'A', variables: value, extensions: { a: [1] }, query: '{ a }' }),
    );
  const first = read(forms, body({ v: 1 }));
  const parsed: string[] = [];
  const again = forms.read(body({ v: [2, 'پ'] }), (text) => {
    parsed.push(text);
    return JSON.parse(text);
  });
  expect(parsed).toEqual(['{"v":[2,"پ"]}']);
  expect(again).toEqual({ ...(first as object), variables: { v: [2, 'پ'] } });
  expect(forms.read(body({ v: 1 }).subarray(1), JSON.parse)).toBeUndefined();
});

test('remembers no more forms than it may, and goes on to learn', () => {
  const forms = new BodyForms();
  const body = (n: number) => Buffer.from(JSON.stringify({ query: `{ a${n} }`, variables: {} }));
  for (let n = 0; n < 1_000; n++) read(forms, body(n));
  const known = Array.from({ length: 1_000 }, (_, n) => forms.read(body(n), JSON.parse) !== undefined);
  expect(known.filter(Boolean).length).toBeLessThanOrEqual(200);
  expect(known.at(-1)).toBe(true);
});
