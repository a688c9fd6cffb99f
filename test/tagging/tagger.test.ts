import fc from 'fast-check';
import { AMBIGUITY, type Ambiguity, loadGazetteer } from '../../src/gazetteer';
import { mentionsIn } from '../../src/tagging/evidence';
import { Lexicon } from '../../src/tagging/lexicon';
import type { KnownTopic, TopicRef } from '../../src/tagging/name';
import { occurrencesIn, passage } from '../../src/tagging/occurrences';
import { topicsOf } from '../../src/tagging/salience';
import { bounded } from '../support/bounded';

type Names = Readonly<Record<string, readonly string[]>>;

function topic(
  ref: TopicRef,
  kind: KnownTopic['kind'],
  names: Names,
  parent: TopicRef | null = null,
): KnownTopic {
  const all = Object.entries(names).flatMap(([language, each]) =>
    each.map((name, position) => ({ language, name, position })),
  );
  return { ref, kind, parent, names: all };
}

/** What the built-in gazetteer knows. */
const WORLD = new Lexicon(AMBIGUITY);
for (const { id, kind, parentId, names } of loadGazetteer(null).entries)
  WORLD.add({
    ...{ ref: id, kind, parent: parentId },
    names: names.flatMap(({ language, name, aliases }) =>
      [name, ...aliases].map((each, position) => ({ language, name: each, position })),
    ),
  });

function named(
  text: string,
  language = 'en',
  lexicon = WORLD,
  carried: readonly TopicRef[] = [],
): TopicRef[] {
  const body = passage('BODY', text);
  const found = occurrencesIn(lexicon, body, language);
  return mentionsIn(lexicon, [body], found, new Set(carried)).map(({ ref }) => ref);
}

describe('what a text names', () => {
  test.each<[string, string, readonly string[]]>([
    ['en', 'Kabul and Islamabad talk.', ['kabul', 'islamabad']],
    ['en', "Pakistan's army, Pakistan-based groups, non-Pakistan ones", ['pakistan', 'pakistan', 'pakistan']],
    ['en', 'The Tehrik-i-Taliban Pakistan denied it; the Taliban did not.', ['ttp', 'taliban']],
    ['en', 'South Sudan is not Sudan.', ['south-sudan', 'sudan']],
    ['en', 'He ate turkey from china with us.', []],
    ['en', 'A Pakistani, an Afghan, Pakistanis', []],
    ['en', 'In Niger. Delta airlines', ['niger']],
    ['fa', 'در افغانستان و پاکستان', ['afghanistan', 'pakistan']],
    ['fa', 'طالبان‌ها به کابل رسیدند', ['taliban', 'kabul']],
    ['fa', 'ترکیه‌ای‌ها و ایران‌خودرو', []],
    [
      'fa',
      'آی‌اس‌آی یا آی اس آی در پاکستان',
      ['inter-services-intelligence', 'inter-services-intelligence', 'pakistan'],
    ],
    ['fa-AF', 'ولسوالی های قندهار و افغانستان', ['kandahar', 'afghanistan']],
    ['ps', 'د افغانستان او پاکستان ترمنځ، له روسیې څخه', ['afghanistan', 'pakistan', 'russia']],
    ['ur', 'پاکستان اور افغانستان میں', ['pakistan', 'afghanistan']],
    ['ar', 'وباكستان وبأفغانستان وللصين والصين', ['pakistan', 'afghanistan', 'china', 'china']],
  ])('%s: %s', (language, text, expected) => {
    expect(named(text, language)).toEqual(expected);
  });

  test('a word of one language is not taken for that of another with the same letters', () => {
    expect(named('شام کو بارش ہوگی، دمشق میں', 'ur')).toEqual(['syria']);
    expect(named('در دمشق شام خوردند', 'fa')).toEqual([]);
  });

  test('what has other meanings needs a second cue', () => {
    expect(named('Jordan Spieth won.')).toEqual([]);
    expect(named('Jordan Spieth never was in Amman, Jordan.')).toEqual(['jordan', 'jordan']);
    expect(named('The state of Georgia')).toEqual([]);
    expect(named('Georgia, said Tbilisi')).toEqual(['georgia']);
    expect(named('از نظر مالی', 'fa')).toEqual([]);
  });

  const desk = new Lexicon(AMBIGUITY);
  desk.add(topic(1, 'PLACE', { en: ['Pakistan'] }));
  desk.add(topic(2, 'PERSON', { en: ['Imran Khan', 'Khan'] }));
  desk.add(topic(3, 'PERSON', { en: ['Sadiq Khan', 'Khan'] }));
  desk.add(topic(4, 'ORGANISATION', { en: ['Pakistan Peoples Party', 'PPP'] }));
  desk.add(topic(5, 'SUBJECT', { en: ['Elections'] }));

  test('a surname counts beside the whole name, and for nobody where two are meant', () => {
    expect(named('Khan spoke.', 'en', desk)).toEqual([]);
    expect(named('Imran Khan spoke. Khan left.', 'en', desk)).toEqual([2, 2]);
    expect(named('Imran Khan met Sadiq Khan. Khan left.', 'en', desk)).toEqual([2, 3]);
    expect(named('Khan spoke.', 'en', desk, [3])).toEqual([3]);
  });

  test('an abbreviation counts beside what it is named after, and only in capitals', () => {
    expect(named('The PPP rose, as did purchasing power.', 'en', desk)).toEqual([]);
    expect(named('In Pakistan the PPP rose.', 'en', desk)).toEqual([1, 4]);
    expect(named('In Pakistan the ppp rose.', 'en', desk)).toEqual([1]);
  });

  test('a common word counts in a headline or when it comes again', () => {
    expect(named('After the elections', 'en', desk)).toEqual([]);
    expect(named('After the elections came elections', 'en', desk)).toEqual([5, 5]);
  });

  test('names that are taken from the lexicon are not found any more', () => {
    const lexicon = new Lexicon(AMBIGUITY);
    lexicon.add(topic(1, 'PLACE', { en: ['Kabul', 'Cabool'] }));
    lexicon.add(topic(1, 'PLACE', { en: ['Kabul'] }));
    expect(named('Kabul, Cabool', 'en', lexicon)).toEqual([1]);
    lexicon.remove(1);
    expect(named('Kabul, Cabool', 'en', lexicon)).toEqual([]);
  });
});

test('salience grows with every mention, and with how early it stands', () => {
  const title = passage('TITLE', 'Kabul');
  const body = passage('BODY', `${'word '.repeat(70)} Herat Herat Kunduz`);
  const occurrences = [title, body].flatMap((each) => occurrencesIn(WORLD, each, 'en'));
  expect(topicsOf(mentionsIn(WORLD, [title, body], occurrences, new Set()))).toEqual([
    { ref: 'kabul', mentions: 1, salience: 0.5 },
    { ref: 'herat', mentions: 2, salience: 0.19 },
    { ref: 'kunduz', mentions: 1, salience: 0.1 },
  ]);
});

const LETTERS = ['a', 'b', 'c', 'd'];
const words = (max: number) =>
  fc.array(fc.constantFrom(...LETTERS.map((each) => each.repeat(2))), { minLength: 1, maxLength: max });
const NOTHING: Ambiguity = { cues: new Map(), phrases: [], plain: new Set() };

/** Compares every name with every place; of those that overlap the longest is kept first, of equals the leftmost. */
function naive(
  names: ReadonlyMap<number, readonly string[][]>,
  text: readonly string[],
): [first: number, last: number, ref: number][] {
  const all: [number, number, number][] = [];
  for (const [ref, series] of names)
    for (const each of series)
      for (let first = 0; first + each.length <= text.length; first++)
        if (each.every((word, index) => text[first + index] === word))
          all.push([first, first + each.length - 1, ref]);
  all.sort((a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0]);
  const kept: [number, number, number][] = [];
  for (const match of all)
    if (kept.every(([first, last]) => match[1] < first || last < match[0])) kept.push(match);
  return kept.sort((a, b) => a[0] - b[0]);
}

test('names are found where a matcher finds them that compares each with every place', () => {
  const series = fc.uniqueArray(words(3), { minLength: 1, maxLength: 8, selector: (each) => each.join(' ') });
  fc.assert(
    fc.property(series, words(20), (names, text) => {
      const lexicon = new Lexicon(NOTHING);
      const known = new Map(names.map((each, ref) => [ref, [each]]));
      for (const [ref, [each = []]] of known) lexicon.add(topic(ref, 'PLACE', { en: [each.join(' ')] }));
      const found = occurrencesIn(lexicon, passage('BODY', text.join(' ')), 'en');
      const got = found.map(({ position, names: [name] }) => [position, name?.topic?.ref]);
      expect(got).toEqual(naive(known, text).map(([first, , ref]) => [first, ref]));
    }),
    bounded(300),
  );
});
