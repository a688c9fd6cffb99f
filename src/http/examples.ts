import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLSchema, parse, validate } from 'graphql';

/** A query to try out, with variables as JSON text. */
export interface Example {
  readonly query: string;
  readonly variables?: string;
}

/** Where the operations are kept that clients really send: the same two levels above src/http and dist/http. */
const OPERATIONS = join(__dirname, '..', '..', 'schema', 'operations');

/** What a newcomer should see first; the rest follows by name. */
const FIRST = ['FrontPage', 'ArticlePage', 'CategoryPage', 'TopicPage', 'Relation'];

/**
 * The operations in `folder`, each `Name.graphql` with the variables of `Name.variables.json` if there is
 * one. What this schema cannot answer is left out.
 */
export function loadExamples(schema: GraphQLSchema, folder = OPERATIONS): Example[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => file.slice(0, -'.graphql'.length));
  return names
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((name) => readExample(folder, name))
    .filter(({ query }) => validate(schema, parse(query)).length === 0);
}

function readExample(folder: string, name: string): Example {
  const query = readFileSync(join(folder, `${name}.graphql`), 'utf8');
  const variables = join(folder, `${name}.variables.json`);
  return existsSync(variables) ? { query, variables: readFileSync(variables, 'utf8').trim() } : { query };
}

function rank(name: string): number {
  const place = FIRST.indexOf(name);
  return place === -1 ? FIRST.length : place;
}
