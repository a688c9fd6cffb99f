import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { ATOM } from '../../src/syndication/feeds/atom';
import type { Entry, Feed } from '../../src/syndication/feeds/feed';
import { JSON_FEED } from '../../src/syndication/feeds/json-feed';
import { RSS } from '../../src/syndication/feeds/rss';
import { describeWithSharedData } from '../support/shared-data';
import { wrongIn, wrongInJson } from './serving';

const PIECES = [
  '<',
  '&',
  ']]>',
  '&lt;',
  '"',
  "'",
  '\0',
  '\u0008',
  '\ud800',
  '\uffff',
  '\r\n',
  '\u202e',
  'پاکستان',
  '🜁',
  'a ',
];
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES)).map((pieces) => pieces.join('')),
);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value);
const instants = fc.integer({ min: Date.UTC(1000, 0), max: Date.UTC(2200, 0) });

const entries: fc.Arbitrary<Entry> = fc.record({
  id: fc.nat().map((key) => `tag:news.example,2026:${key}`),
  url: fc.webUrl(),
  title: texts,
  summary: orNull(texts),
  html: texts,
  authors: fc.array(texts, { maxLength: 3 }),
  categories: fc.array(fc.record({ slug: fc.webSegment(), name: texts }), { maxLength: 3 }),
  language: fc.constantFrom('en', 'fa-AF', 'ps'),
  published: instants,
  updated: instants,
  image: orNull(
    fc.record({
      ...{ url: fc.webUrl(), width: orNull(fc.nat()), height: orNull(fc.nat()) },
      ...{ alt: orNull(texts), credit: orNull(texts) },
    }),
  ),
  rights: orNull(
    fc.record({
      ...{ credit: orNull(texts), textAndDataMining: fc.boolean() },
      licence: orNull(fc.oneof(texts, fc.webUrl())),
    }),
  ),
});

const feeds: fc.Arbitrary<Feed> = fc.record({
  ...{ title: texts, siteName: texts, home: fc.webUrl(), self: fc.webUrl(), first: fc.webUrl() },
  ...{ next: orNull(fc.webUrl()), updated: instants, language: orNull(fc.constantFrom('en', 'ur')) },
  entries: fc.uniqueArray(entries, { maxLength: 4, selector: ({ id }) => id }),
  withdrawn: fc.array(fc.record({ id: fc.constant('tag:news.example,2026:gone'), at: instants }), {
    maxLength: 2,
  }),
});

/** What XML has no place for is replaced; all else comes through as it is. */
const kept = (text: string) =>
  text
    .replace(/\p{Cs}/gu, '\ufffd')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd');

/** The texts of all elements of a name below those of another, as a parser that takes nothing else than XML reads them. */
function textsOf(document: string, parent: string, name: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  let text = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    open.push(tag.name);
    text = '';
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === name && open.at(-1) === parent) found.push(text);
  });
  parser.write(document).close();
  return found;
}

const present = (values: readonly (string | null)[]) =>
  values.flatMap((value) => (value === null ? [] : kept(value)));

test('any text comes through RSS', () => {
  fc.assert(
    fc.property(feeds, (feed) => {
      const rss = RSS.write(feed);
      expect(textsOf(rss, 'channel', 'title')).toEqual([kept(feed.title)]);
      expect(textsOf(rss, 'item', 'title')).toEqual(feed.entries.map(({ title }) => kept(title)));
      expect(textsOf(rss, 'item', 'content:encoded')).toEqual(feed.entries.map(({ html }) => kept(html)));
      expect(textsOf(rss, 'item', 'description')).toEqual(
        present(feed.entries.map(({ summary }) => summary)),
      );
      expect(textsOf(rss, 'item', 'dc:creator')).toEqual(
        feed.entries.flatMap(({ authors }) => authors.map(kept)),
      );
      expect(textsOf(rss, 'media:content', 'media:credit')).toEqual(
        present(feed.entries.map(({ image }) => image?.credit ?? null)),
      );
      expect(textsOf(rss, 'item', 'category')).toEqual(
        feed.entries.flatMap(({ categories }) => categories.map(({ name }) => kept(name))),
      );
    }),
    { numRuns: 150 },
  );
});

test('any text comes through Atom', () => {
  fc.assert(
    fc.property(feeds, (feed) => {
      const atom = ATOM.write(feed);
      expect(textsOf(atom, 'feed', 'title')).toEqual([kept(feed.title)]);
      expect(textsOf(atom, 'entry', 'title')).toEqual(feed.entries.map(({ title }) => kept(title)));
      expect(textsOf(atom, 'entry', 'content')).toEqual(feed.entries.map(({ html }) => kept(html)));
      expect(textsOf(atom, 'entry', 'summary')).toEqual(present(feed.entries.map(({ summary }) => summary)));
      expect(textsOf(atom, 'author', 'name')).toEqual(
        [[feed.siteName], ...feed.entries.map(({ authors }) => authors)].flat().map(kept),
      );
      expect(textsOf(atom, 'feed', 'at:deleted-entry')).toHaveLength(feed.withdrawn.length);
    }),
    { numRuns: 150 },
  );
});

test('any text comes through a JSON Feed', () => {
  fc.assert(
    fc.property(feeds, (feed) => {
      const sent = Buffer.from(JSON_FEED.write(feed), 'utf8').toString('utf8');
      const { title, items } = JSON.parse(sent);
      expect(title).toBe(feed.title);
      expect(
        items.map((item: { title: string; content_html: string }) => [item.title, item.content_html]),
      ).toEqual(feed.entries.map((entry) => [entry.title, entry.html]));
    }),
    { numRuns: 150 },
  );
});

describeWithSharedData(
  'whatever is in a feed',
  ['schemas/atom.rng', 'schemas/jsonfeed-1.1.schema.json'],
  () => {
    const samples = fc.sample(feeds, { numRuns: 12, seed: 9 });

    test('it is valid Atom', async () => {
      for (const feed of samples) expect(await wrongIn('atom', ATOM.write(feed))).toEqual([]);
    });

    test('it is a valid JSON Feed', () => {
      for (const feed of samples)
        expect(wrongInJson('schemas/jsonfeed-1.1.schema.json', JSON.parse(JSON_FEED.write(feed)))).toEqual(
          [],
        );
    });
  },
);
