import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Real material that is not part of this repository: it lies beside it, where there is any. */
const ROOT = join(__dirname, '..', '..', '..', 'shared', 'data');

/** Where the file lies, e.g. `sharedData('wxr/slashes.xml')`, or null where it is absent. */
export function sharedData(path: string): string | null {
  const full = join(ROOT, path);
  return existsSync(full) ? full : null;
}

/**
 * A describe block that needs files of the shared data, handed on as full paths in the same order. Where one
 * is absent the block is skipped, and its name says why.
 */
export function describeWithSharedData(
  name: string,
  files: readonly string[],
  body: (...paths: string[]) => void,
): void {
  const paths = files.map(sharedData);
  const missing = files.filter((_, position) => paths[position] === null);
  if (missing.length === 0) {
    describe(name, () => body(...paths.filter((path) => path !== null)));
    return;
  }
  describe.skip(`${name} (skipped: shared/data has no ${missing.join(', ')})`, () => {
    test.todo('needs the shared data');
  });
}
