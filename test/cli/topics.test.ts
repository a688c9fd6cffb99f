import { cli, workFolder } from './run-cli';

const folder = workFolder();
const dateline = (...args: string[]) => cli(folder.path, [...args, '--database', folder.file('news.db')]);

test('the archive is tagged from the command line, and tagged again without a change', async () => {
  await dateline('seed');
  const rehearsal = await dateline('topics', 'tag', '--dry-run');
  const [, would = ''] = /^Read \d+ articles; ([1-9]\d*) would be tagged/m.exec(rehearsal.out) ?? [];
  expect(rehearsal.out).toContain('Nothing was changed.');
  const { code, out } = await dateline('topics', 'tag');
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`articles; ${would} were tagged`) });
  expect((await dateline('topics', 'tag')).out).toMatch(/; 0 were tagged .*\nTies to topics: 0 new, 0 gone/);
}, 60_000);

test('what is kept beside the articles is made anew from the command line, and nothing differs', async () => {
  await dateline('seed');
  const { code, out } = await dateline('topics', 'rebuild');
  expect(code).toBe(0);
  expect(out.match(/^ {2}\d+/gm)).toEqual(Array(5).fill('  0'));
}, 60_000);

test('a database that is not there is not made', async () => {
  expect(await dateline('topics', 'tag')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/There is no database/),
  });
});
