import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { analyse } from '../../src/core/text/analyse';
import { formsIn } from '../../src/tagging/words';

const TEXTS = 1_000;
const MEGABYTE = 1_000_000;

/** Bytes of the heap that are in use, without what only waits to be thrown away. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** 14 kB, with one long word that no other text has. */
function textWithOwnWord(index: number): string {
  const word = `longwordnumber${'abcdefghij'.charAt(index % 10)}${index.toString(36)}`;
  return Array.from({ length: 2_000 }, (_, place) => (place === 1_000 ? word : `word${place % 90}`)).join(
    ' ',
  );
}

test.each([
  ['the search', analyse],
  ['the tagger', formsIn],
])('words that %s remembers do not keep their texts in memory', (_, read) => {
  read(textWithOwnWord(0));
  const before = heapInUse();
  for (let index = 1; index <= TEXTS; index++) read(textWithOwnWord(index));
  expect(heapInUse() - before).toBeLessThan(3 * MEGABYTE);
});
