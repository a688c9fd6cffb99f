import { sql } from 'drizzle-orm';
import {
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { loadSample } from '../../src/sample/load';
import { ACTORS } from '../support/actors';
import { Api, schema } from '../support/api';
import { describeEngine } from '../support/engines';

const clock = heldClock(Date.parse('2026-11-22T00:00:00Z'));

/** How a field is asked for: with the leaves of what it leads to. */
function selectionOf(name: string, type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isScalarType(named) || isEnumType(named)) return name;
  if (!isObjectType(named)) return `${name} { __typename }`;
  const leaves = Object.values(named.getFields()).filter(
    (field) =>
      (isScalarType(getNamedType(field.type)) || isEnumType(getNamedType(field.type))) &&
      field.args.every((arg) => !isNonNullType(arg.type)),
  );
  return `${name} { ${leaves.map((leaf) => leaf.name).join(' ') || '__typename'} }`;
}

describeEngine('sqlite', 'a list that reads only the columns that are asked for', (store) => {
  let database: Database;

  beforeAll(async () => {
    database = await store.open();
    await loadSample(database, new SecretBox('a secret of at least thirty-two characters'), clock);
    // What no article of the sample has.
    await database.write((tx) =>
      tx.execute(sql`update articles set canonical_url = 'https://news.example' || path, credit = 'Them'`),
    );
  });

  const article = schema.getType('Article');
  const fields = isObjectType(article) ? Object.values(article.getFields()) : [];
  const selections = fields.map(({ name, type }) => selectionOf(name, type));

  test.each(fields.map(({ name }, index) => [name, selections[index] ?? name]))(
    'answers %s alone as it does with everything else',
    async (name, selection) => {
      // An editor: to readers some fields are nothing.
      const api = new Api(database, { clock, actor: ACTORS.editor });
      interface Answer {
        articles: { nodes: Record<string, unknown>[]; edges: { node: Record<string, unknown> }[] };
      }
      const whole = await api.ask<Answer>(
        `{ articles(first: 100) { nodes { ${selections.join(' ')} } edges { node { id } } } }`,
      );
      const alone = await api.ask<Answer>(
        `{ articles(first: 100) { ...a edges { node { ... on Article { ...b } } } } } fragment a on ArticleConnection { nodes { __typename } } fragment b on Article { ${selection} }`,
      );
      const wanted = whole.articles.nodes.map((node) => node[name]);
      expect(alone.articles.edges.map(({ node }) => node[name])).toEqual(wanted);
      expect(wanted.some((value) => value !== null && value !== undefined)).toBe(true);
    },
  );
});
