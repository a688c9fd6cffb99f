import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { normalise, slugify } from '../../src/core/text';
import { type Gazetteer, type GazetteerEntry, loadGazetteer } from '../../src/gazetteer';
import { describeWithSharedData } from '../support/shared-data';

const gazetteer = loadGazetteer(null);

function nameIn(entry: GazetteerEntry | null, language: string): string | undefined {
  return entry?.names.find((each) => each.language === language)?.name;
}

function allNames({ names }: GazetteerEntry): string[] {
  return names.flatMap(({ name, aliases }) => [name, ...aliases]);
}

describe('a country', () => {
  test.each([
    'Pakistan',
    'PAKISTAN',
    'پاکستان',
    // With the kaf and the yeh of an Arabic keyboard.
    'پاكستان',
    'باكستان',
    ' Pakistan ',
  ])('is found as %s', (name) => {
    expect(gazetteer.meant(name)).toMatchObject({
      id: 'pakistan',
      kind: 'PLACE',
      wikidataId: 'Q843',
      countryCode: 'PK',
    });
  });

  test.each([
    ['Ivory Coast', 'CI'],
    ['Côte d’Ivoire', 'CI'],
    ['ساحل‌عاج', 'CI'],
    ['آمریکا', 'US'],
    ['امریکہ', 'US'],
    ['أمريكا', 'US'],
    ['U.S.', 'US'],
    ['Burma', 'MM'],
    ['Turkey', 'TR'],
    ['ترکیه', 'TR'],
    ['انگلیس', 'GB'],
    ['Türkiye', 'TR'],
  ])('is found as it is called in the news: %s', (name, code) => {
    expect(gazetteer.meant(name)?.countryCode).toBe(code);
  });

  test('has a name in each of the six languages, which readers know', () => {
    const countries = gazetteer.entries.filter(({ countryCode }) => countryCode !== null);
    expect(countries).toHaveLength(250);
    for (const { id, names } of countries) {
      const languages = names.map(({ language }) => language).sort();
      expect([id, languages]).toEqual([id, ['ar', 'en', 'fa', 'fa-AF', 'ps', 'ur']]);
    }
    const states = gazetteer.get('united-states');
    expect(['en', 'fa', 'ps', 'ur', 'ar'].map((language) => nameIn(states, language))).toEqual([
      'United States',
      'آمریکا',
      'امریکا',
      'امریکہ',
      'الولايات المتحدة',
    ]);
  });

  test('has its names in Dari, where they are not those of Iran', () => {
    expect(nameIn(gazetteer.get('bangladesh'), 'fa-AF')).toBe('بنگله‌دیش');
    expect(nameIn(gazetteer.get('andorra'), 'fa')).toBe('آندورا');
    expect(nameIn(gazetteer.get('andorra'), 'fa-AF')).toBe('اندورا');
  });

  test('whose name is also that of another is not meant by it', () => {
    expect(gazetteer.named('Congo').map(({ countryCode }) => countryCode)).toEqual(['CD', 'CG']);
    expect(gazetteer.meant('Congo')).toBeNull();
    expect(gazetteer.meant('DR Congo')?.countryCode).toBe('CD');
  });
});

describeWithSharedData('by the names of CLDR', ['gazetteer/countries.json'], (path) => {
  const expected: { alpha2: string; names: Record<string, string[]> }[] = JSON.parse(
    readFileSync(path, 'utf8'),
  );

  test('every country is found, in every language and spelling', () => {
    const missed: string[] = [];
    for (const { alpha2, names } of expected) {
      for (const [language, spellings] of Object.entries(names)) {
        for (const name of spellings) {
          const found = gazetteer.named(name).some(({ countryCode }) => countryCode === alpha2);
          if (!found) missed.push(`${alpha2} ${language} ${name}`);
        }
      }
    }
    expect(missed).toEqual([]);
    expect(expected).toHaveLength(250);
  });
});

describeWithSharedData('the beat', ['gazetteer/afpak-entities.json'], (path) => {
  const expected: { id: string; type: string; names: Record<string, string[]> }[] = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  const kinds = new Map([
    ['org', 'ORGANISATION'],
    ['person', 'PERSON'],
    ['place', 'PLACE'],
  ]);

  test('has everything under each of its names', () => {
    for (const { id, type, names } of expected) {
      const bearers = Object.values(names)
        .flat()
        .map((name) => gazetteer.named(name).filter(({ countryCode }) => countryCode === null));
      const ids = new Set(bearers.flatMap((found) => found.map((entry) => entry.id)));
      const kind = new Set(bearers.flatMap((found) => found.map((entry) => entry.kind)));
      expect([id, bearers.filter((found) => found.length === 0), ids.size, [...kind]]).toEqual([
        id,
        [],
        1,
        [kinds.get(type)],
      ]);
    }
  });
});

describe('the beat that comes with Dateline', () => {
  test('says what its places are part of', () => {
    const line = (name: string) => {
      const entry = gazetteer.meant(name);
      return entry && gazetteer.ancestors(entry).map(({ id }) => id);
    };
    expect(line('پېښور')).toEqual(['khyber-pakhtunkhwa', 'pakistan']);
    expect(line('جلال‌آباد')).toEqual(['nangarhar', 'afghanistan']);
    expect(line('جلال آباد')).toEqual(['nangarhar', 'afghanistan']);
    expect(line('Pakistan')).toEqual([]);
  });
});

test('every entry is found by each of its names, and every id is a slug', () => {
  for (const entry of gazetteer.entries) {
    for (const name of allNames(entry)) expect(gazetteer.named(name)).toContain(entry);
    expect(slugify(entry.id)).toBe(entry.id);
  }
});

test('what bears no name is not found', () => {
  const known = new Set(gazetteer.entries.flatMap(allNames).map(normalise));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!known.has(normalise(text)));
      expect(gazetteer.meant(text)).toBeNull();
    }),
  );
  expect(gazetteer.meant('')).toBeNull();
});

describe('a beat of the newsroom’s own', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'dateline-beat-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function load(content: unknown): Gazetteer {
    const file = join(directory, 'beat.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return loadGazetteer(file);
  }

  function problemsOf(content: unknown): string[] {
    try {
      load(content);
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      const [head, ...problems] = message.split('\n  - ');
      expect(head).toBe(`The gazetteer ${join(directory, 'beat.json')} cannot be used:`);
      return problems;
    }
    return [];
  }

  const nairobi = {
    id: 'nairobi',
    kind: 'PLACE',
    parent: 'kenya',
    names: { en: ['Nairobi'], sw: ['Nairobi'] },
  };

  test('takes the place of ours, beside the countries', () => {
    const own = load([
      nairobi,
      { id: 'wmo', kind: 'ORGANISATION', names: { en: ['WMO', 'Weather Organization'] } },
    ]);
    expect(own.meant('nairobi')).toEqual({
      id: 'nairobi',
      kind: 'PLACE',
      parentId: 'kenya',
      wikidataId: null,
      countryCode: null,
      names: [
        { language: 'en', name: 'Nairobi', aliases: [] },
        { language: 'sw', name: 'Nairobi', aliases: [] },
      ],
    });
    expect(own.meant('weather organization')?.id).toBe('wmo');
    expect(own.meant('Karachi')).toBeNull();
    expect(own.meant('کنیا')?.id).toBe('kenya');
  });

  test('gives countries further names, in further languages too', () => {
    const own = load([{ id: 'iran', names: { en: ['Persia', 'Iran'], sw: ['Uajemi'] } }]);
    expect(own.meant('Persia')?.countryCode).toBe('IR');
    expect(own.meant('Uajemi')?.countryCode).toBe('IR');
    expect(nameIn(own.get('iran'), 'en')).toBe('Iran');
    expect(own.entries.filter(({ countryCode }) => countryCode !== null)).toHaveLength(250);
  });

  test('of nothing leaves the countries', () => {
    expect(load([]).entries).toHaveLength(250);
  });

  test.each<[what: string, content: unknown, problems: (string | RegExp)[]]>([
    ['no list', { entries: [] }, ['It has to be a list of entries: [ … ].']],
    ['no JSON', '[\n{"id": "a",}\n]', [/^It is not JSON\. Line 2: /]],
    [
      'no object',
      [nairobi, 'kabul'],
      ['Entry 2: it has to be an object: { "id": …, "kind": …, "names": … }.'],
    ],
    [
      'without a kind',
      [{ id: 'a', names: { en: ['A'] } }],
      ['Entry 1, "a": "kind" is missing; write one of PLACE, PERSON, ORGANISATION, EVENT, SUBJECT.'],
    ],
    [
      'of an unknown kind',
      [{ ...nairobi, kind: 'place' }],
      ['Entry 1, "nairobi": "kind": write one of PLACE, PERSON, ORGANISATION, EVENT, SUBJECT.'],
    ],
    ['without a name', [{ ...nairobi, names: {} }], ['Entry 1, "nairobi": "names": there is no name.']],
    [
      'with names that are none',
      [{ ...nairobi, names: { en: ['', '—​'], fa: [], ps: 'x' } }],
      [
        'Entry 1, "nairobi": "names.en.0": there is neither letter nor digit in it.',
        'Entry 1, "nairobi": "names.en.1": there is neither letter nor digit in it.',
        /^Entry 1, "nairobi": "names.fa": the list is empty\.$/,
        'Entry 1, "nairobi": "names.ps": write a list of names.',
      ],
    ],
    [
      'in no language',
      [{ ...nairobi, names: { 'en-': ['Nairobi'] } }],
      ['Entry 1, "nairobi": "names.en-": that is no language tag such as en, fa-AF or ps.'],
    ],
    [
      'with a field that there is not',
      [{ ...nairobi, aliases: [] }],
      ['Entry 1, "nairobi": there is no field "aliases" in an entry.'],
    ],
    [
      'with an id that is no slug',
      [{ ...nairobi, id: 'Nairobi!' }],
      [/^Entry 1, "Nairobi!": "id": write small letters/],
    ],
    [
      'with a number that is not one of Wikidata',
      [{ ...nairobi, wikidataId: '3870' }],
      ['Entry 1, "nairobi": "wikidataId": write a number of Wikidata, such as "Q843".'],
    ],
    [
      'with a parent that is not there',
      [{ ...nairobi, parent: 'kenia' }],
      ['Entry 1, "nairobi": its parent "kenia" is neither in this file nor a country.'],
    ],
    [
      'that are parts of each other',
      [
        { ...nairobi, parent: 'b' },
        { ...nairobi, id: 'b', parent: 'nairobi' },
      ],
      [
        'Entry 1, "nairobi": by its parents it is a part of itself.',
        'Entry 2, "b": by its parents it is a part of itself.',
      ],
    ],
    [
      'with an id that is taken',
      [nairobi, nairobi],
      ['Entry 2, "nairobi": there is another entry with this id before it.'],
    ],
    [
      'that make another thing of a country',
      [{ id: 'kenya', kind: 'PERSON', names: { en: ['Kenya'] } }],
      ['Entry 1, "kenya": it is a country, which is given further "names" only; leave "kind" out.'],
    ],
  ])('with entries %s is refused, and the entry is named', (_what, content, problems) => {
    expect(problemsOf(content)).toEqual(
      problems.map((problem) => (typeof problem === 'string' ? problem : expect.stringMatching(problem))),
    );
  });

  test('tells twenty of its faults, and how many more there are', () => {
    const problems = problemsOf(
      Array.from({ length: 30 }, (_, index) => ({ ...nairobi, id: `n${index}`, parent: '?' })),
    );
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('and 10 more');
  });

  test('that is not there is an error of the system', () => {
    expect(() => loadGazetteer(join(directory, 'none.json'))).toThrow('ENOENT');
  });
});
