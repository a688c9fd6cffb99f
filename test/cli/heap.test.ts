import { startChild } from '../support/child';

const MIB = 1_024 * 1_024;

async function roomOf(work: string): Promise<number> {
  return Number(await startChild('cli/children/keeps-what-is-new.ts', work).line()) / MIB;
}

// Only V8 knows whether it heeds its flags: another version of Node may not.
test('a server has room for new objects at once, where an importer is given more bit by bit', async () => {
  expect(await roomOf('SERVING')).toBeGreaterThanOrEqual(16);
  expect(await roomOf('IMPORTING')).toBeLessThan(16);
});
