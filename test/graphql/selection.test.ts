import { buildSchema, type GraphQLResolveInfo, graphql, parse, subscribe } from 'graphql';
import { standsAlone } from '../../src/graphql/selection';

const schema = buildSchema(`
  type Query { thing: Thing, things: [Thing!] }
  type Subscription { thing: Thing }
  type Thing { name: String, part: Thing, parts: [Thing!] }
`);

/** By their paths, the fields that say of themselves that they stand alone. */
async function alone(query: string): Promise<string[]> {
  const found: string[] = [];
  await graphql({ schema, source: query, rootValue: {}, fieldResolver: noting(found) });
  return found.sort();
}

function noting(found: string[]) {
  return (_source: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    if (standsAlone(info)) found.push(pathOf(info));
    if (info.fieldName === 'name') return 'x';
    return info.fieldName.endsWith('s') ? [{}, {}] : {};
  };
}

function pathOf({ path }: GraphQLResolveInfo): string {
  const keys: (string | number)[] = [];
  for (let at: typeof path | undefined = path; at; at = at.prev) keys.unshift(at.key);
  return keys.join('.');
}

describe('a field stands alone', () => {
  test('where it is the only one at the root, and right below that one', async () => {
    expect(await alone('{ thing { name part { name part { name } } } }')).toEqual([
      'thing',
      'thing.name',
      'thing.part',
    ]);
  });

  test('not in a list, nor below one', async () => {
    expect(await alone('{ things { part { name } } }')).toEqual(['things']);
    expect(await alone('{ thing { parts { name } } }')).toEqual(['thing', 'thing.parts']);
  });

  test('not under another name, by which the same may be asked for again and again', async () => {
    expect(await alone('{ thing { name one: name other: name } }')).toEqual(['thing', 'thing.name']);
  });

  test('not beside another one at the root, which may ask for the same', async () => {
    expect(await alone('{ one: thing { name } other: thing { name } }')).toEqual([]);
    expect(await alone('{ thing { name } things { name } }')).toEqual([]);
    // Nobody looks into a fragment for how many there are.
    expect(
      await alone('{ ...all } fragment all on Query { one: thing { name } other: thing { name } }'),
    ).toEqual([]);
  });

  test('not in a subscription, which shares what it reads with others', async () => {
    const found: string[] = [];
    const events = await subscribe({
      schema,
      document: parse('subscription { thing { name } }'),
      subscribeFieldResolver: async function* () {
        yield {};
      },
      fieldResolver: noting(found),
    });
    if (Symbol.asyncIterator in events)
      for await (const event of events) expect(event.errors).toBeUndefined();
    expect(found).toEqual([]);
  });
});
