import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', 'schema', 'operations');

/** The operations that clients really send: name -> source. */
export const OPERATIONS: ReadonlyMap<string, string> = new Map(
  readdirSync(ROOT)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => [file.replace(/\.graphql$/, ''), readFileSync(join(ROOT, file), 'utf8')]),
);

/** The source of one of them. @throws where it is not there any more */
export function operation(name: string): string {
  const source = OPERATIONS.get(name);
  if (source === undefined) throw new Error(`schema/operations has no ${name}.graphql`);
  return source;
}
