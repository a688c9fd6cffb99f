import { isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { connection } from '../../src/graphql/connections';
import { schema } from '../support/api';

/** A list of two, and how often each of its parts was made. */
function watched() {
  const made = { nodes: 0, positions: 0 };
  const list = connection<number, { id: number }>({
    slice: { rows: [1, 2], hasNextPage: true, hasPreviousPage: false },
    order: { name: 'NUMBERS', sort: 'number' },
    position: (row) => {
      made.positions++;
      return { sort: row, key: row };
    },
    node: (row) => {
      made.nodes++;
      return { id: row };
    },
    total: async () => 2,
  });
  return { list, made };
}

describe('what an executor reads several times', () => {
  test('is made once: the nodes of a list, its edges and its cursors', () => {
    const { list, made } = watched();
    expect(list.nodes).toBe(list.nodes);
    expect(made).toEqual({ nodes: 2, positions: 0 });
    expect(list.edges).toBe(list.edges);
    expect(made).toEqual({ nodes: 4, positions: 2 });
    expect(list.pageInfo).toBe(list.pageInfo);
    const { pageInfo } = list;
    expect([pageInfo.startCursor, pageInfo.startCursor]).toEqual([
      list.edges[0]?.cursor,
      list.edges[0]?.cursor,
    ]);
    expect([pageInfo.endCursor, pageInfo.endCursor]).toEqual([list.edges[1]?.cursor, list.edges[1]?.cursor]);
    expect(made).toEqual({ nodes: 4, positions: 4 });
  });

  test('is not made where nobody asks for it', () => {
    const { list, made } = watched();
    expect(list.pageInfo.hasNextPage).toBe(true);
    expect(made).toEqual({ nodes: 0, positions: 0 });
  });
});

test('a property that is worked out is read without a resolver', () => {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const getters = fieldResolvers.filter(
    ({ target, methodName }) => Object.getOwnPropertyDescriptor(target.prototype, methodName)?.get,
  );
  expect(getters.map(({ methodName }) => methodName)).toEqual(
    expect.arrayContaining(['direction', 'cursor']),
  );
  for (const { target, schemaName } of getters) {
    const type = schema.getType(objectTypes.find((each) => each.target === target)?.name ?? '');
    expect(isObjectType(type) && type.getFields()[schemaName]?.resolve).toBeUndefined();
  }
});
