import { DrizzleQueryError } from 'drizzle-orm';
import { ConfigError } from '../../src/config';
import { faultReport } from '../../src/core/faults';
import { errorsOf, PRIVATE, type Running, start } from './tiny';

describe.each(['development', 'production'])('in %s', (mode) => {
  let api: Running;
  beforeAll(async () => {
    api = await start({ NODE_ENV: mode, HOST: '127.0.0.1' });
  });
  afterAll(() => api.server.close());
  const ask = async (query: string, variables?: Record<string, unknown>) => {
    // Twice, so that whoever runs a document that is seen again is looked at too.
    await api.ask(query, variables);
    const response = await api.ask(query, variables);
    return { response, errors: await errorsOf(response) };
  };

  test('an error for clients is passed on with its code and details', async () => {
    const { errors } = await ask('{ publicFault }');
    expect(errors).toEqual([
      {
        message: 'That is no cursor.',
        locations: [{ line: 1, column: 3 }],
        path: ['publicFault'],
        extensions: { code: 'BAD_CURSOR', argument: 'after' },
      },
    ]);
  });

  test('also when the database library has wrapped it', async () => {
    const { errors } = await ask('{ wrappedFault }');
    expect(errors[0]).toMatchObject({
      message: 'There is no such thing.',
      extensions: { code: 'NOT_FOUND' },
    });
  });

  test('a fault says no more than its reference, which the log line has with the stack', async () => {
    const { response, errors } = await ask('query Faulty { fault }', { email: PRIVATE });
    const reference = response.headers.get('x-request-id');
    expect(errors[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', reference });
    const start = `Something went wrong on our side. Reference: ${reference}`;
    expect(errors[0]?.message).toBe(mode === 'production' ? start : `${start}. no such column: nowhere`);

    const line = api.lines.find((each) => each.reference === reference);
    expect(line).toMatchObject({ operation: 'Faulty', msg: 'A request failed' });
    expect(JSON.stringify(line)).toContain('no such column: nowhere');
    expect(JSON.stringify(line)).toMatch(/at .*tiny\.ts:\d+/);
    expect(JSON.stringify(api.lines)).not.toContain(PRIVATE);
  });

  test('no stack trace and no parameter of a statement is in any answer', async () => {
    for (const query of ['{ fault }', '{ articles { badLeaf } }', '{ article { hole } }', '{ article {']) {
      const { errors } = await ask(query);
      expect(JSON.stringify(errors)).not.toMatch(/stacktrace|\.ts:|params|example\.org/);
    }
  });

  test('mistakes in a document keep their codes', async () => {
    expect((await ask('{ article {')).errors[0]?.extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
    expect((await ask('{ nothing }')).errors[0]?.extensions).toEqual({
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
  });

  test('mistakes in variables and arguments are bad input, not faults', async () => {
    const coerced = await ask('query ($o: Order!) { articles(order: $o) { id } }', { o: 'NEWST' });
    const argument = await ask('query ($o: Order) { articles(order: $o) { id } }', { o: null });
    expect(coerced.errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(argument.errors[0]).toMatchObject({
      message: 'Argument "order" of non-null type "Order!" must not be null.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test(`suggestions are ${mode === 'production' ? 'kept back' : 'made'}`, async () => {
    const field = await ask('{ artcle { id } }');
    const value = await ask('query ($o: Order!) { articles(order: $o) { id } }', { o: 'NEWST' });
    for (const { errors } of [field, value]) {
      expect(errors[0]?.message.includes('Did you mean')).toBe(mode === 'development');
    }
  });
});

test('a context that cannot be made is a fault with a reference', async () => {
  const api = await start(
    {},
    {
      context: () => {
        throw new ConfigError([PRIVATE]);
      },
    },
  );
  try {
    const response = await api.ask('{ article { id } }');
    const errors = await errorsOf(response);
    expect(response.status).toBe(500);
    expect(errors[0]?.extensions.reference).toBe(response.headers.get('x-request-id'));
  } finally {
    await api.server.close();
  }
});

test('introspection can be turned off', async () => {
  const api = await start({ INTROSPECTION: 'false' });
  try {
    const response = await api.ask('{ __schema { queryType { name } } }');
    expect(response.status).toBe(400);
  } finally {
    await api.server.close();
  }
});

test('what looks like a stack in a bound value is not taken for one', () => {
  const fault = new DrizzleQueryError('select ?', [`\n    at ${PRIVATE}`], new Error('away'));
  const report = faultReport(fault);
  expect(report.frames[0]).toMatch(/errors\.test\.ts/);
  expect(JSON.stringify(report)).not.toContain(PRIVATE);
});
