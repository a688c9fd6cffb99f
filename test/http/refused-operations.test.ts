import { GraphQLError } from 'graphql';
import { silentLog } from '../../src/core/log';
import { ErrorFormatter } from '../../src/graphql/errors';

test.each(['mutation', 'subscription'])(
  'a %s that the schema has none of is the mistake of its client, and no fault',
  (kind) => {
    const faults: object[] = [];
    const log = { ...silentLog, error: (facts: object) => void faults.push(facts) };
    const error = new GraphQLError(`Schema is not configured to execute ${kind} operation.`);
    const formatted = new ErrorFormatter({ log, production: true, hints: false }).format(
      error.toJSON(),
      error,
    );
    expect(formatted).toMatchObject({ message: error.message, extensions: { code: 'BAD_USER_INPUT' } });
    expect(faults).toEqual([]);
  },
);
