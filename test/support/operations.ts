import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getOperationAST, type OperationTypeNode, parse } from 'graphql';

const ROOT = join(__dirname, '..', '..', 'schema', 'operations');

/** The operations that clients really send: name -> source. */
const ALL: ReadonlyMap<string, string> = new Map(
  readdirSync(ROOT)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => [file.replace(/\.graphql$/, ''), readFileSync(join(ROOT, file), 'utf8')]),
);

const ofType = (type: `${OperationTypeNode}`): ReadonlyMap<string, string> =>
  new Map([...ALL].filter(([, source]) => getOperationAST(parse(source))?.operation === type));

export const OPERATIONS = ofType('query');
export const SUBSCRIPTIONS = ofType('subscription');

/** The source of one of them. @throws where it is not there any more */
export function operation(name: string): string {
  const source = ALL.get(name);
  if (source === undefined) throw new Error(`schema/operations has no ${name}.graphql`);
  return source;
}
