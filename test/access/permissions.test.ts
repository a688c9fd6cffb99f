import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeEachEngine } from '../support/engines';
import { TestProvider } from '../support/identity-provider';
import { Newsroom } from './permissions/newsroom';
import { differences, measure, type Section, unseen } from './permissions/table';

const FILE = readFileSync(join(__dirname, '..', '..', 'schema', 'permissions.txt'), 'utf8');

const HELP = `schema/permissions.txt does not say what was measured. Every field and every mutation has a line there, with
a mark for each kind of actor. Look at the marks: if they are as they should be, change the file as follows.`;

describeEachEngine('who may see and do what', (store) => {
  let sections: readonly Section[];
  let leaks: readonly string[];

  beforeAll(async () => {
    await store.openEmpty();
    const provider = await TestProvider.start();
    const newsroom = await Newsroom.open(store.url(), provider);
    try {
      sections = await measure(newsroom);
      leaks = newsroom.leaks();
    } finally {
      await newsroom.close();
      await provider.stop();
    }
  }, 300_000);

  test('is what schema/permissions.txt says, field by field and mutation by mutation', () => {
    const found = differences(sections, FILE);
    if (found.length > 0) throw new Error([HELP, ...found].join('\n'));
  });

  test('is said without a credential or the address of a person, in no field and in no line of the log', () => {
    expect(leaks).toEqual([]);
  });

  test('is measured of fields that have a value: test/access/permissions/fixture.ts gives them theirs', () => {
    expect(unseen(sections)).toEqual([]);
  });
});

test('a line that is missing, changed or too many is named', () => {
  const sections = [
    { title: 'Fields', lines: ['A.a + -', 'A.b - -'] },
    { title: 'Mutations', lines: ['M.a - +'] },
  ];
  const file = (fields: string) =>
    `About + -\n\n## Fields\n\n  anonymous admin\n${fields}\n\n## Mutations\n\nM.a - +\n`;
  expect(differences(sections, file('A.b - -\nA.a + -'))).toEqual([]);
  expect(differences(sections, file('A.a + -'))).toEqual(['## Fields', 'add:    A.b - -']);
  expect(differences(sections, file('A.a + +\nA.b - -\nM.a - +'))).toEqual([
    ...['## Fields', 'remove: A.a + +', 'remove: M.a - +', 'add:    A.a + -'],
  ]);
});
