/** What the search is asked, by how frequent the words are: of each kind as many different queries as one likes. */
import type { Random } from '../generator/random';
import { type SearchedLanguage, wordOf } from './language';

export interface Question {
  readonly name: string;
  readonly query: string;
  variables(random: Random): object;
}

const ARGUMENTS = '$query: String!, $filter: ArticleFilter, $orderBy: SearchOrder! = RELEVANCE';
const ASKED = 'search(query: $query, filter: $filter, orderBy: $orderBy, first: 20)';
const PAGE = `query (${ARGUMENTS}) { ${ASKED} {
  edges { score node { id title publishedAt } highlights { field fragments } } totalCount totalCountIsExact } }`;
const FACETS = `query (${ARGUMENTS}) { ${ASKED} {
  edges { node { id title } } totalCount
  facets { categories { category { name } count } topics { topic { name } count } authors { author { name } count }
    languages { value count } years { value count } } } }`;
const MISSPELT = `query (${ARGUMENTS}) { ${ASKED} { edges { node { id } } totalCount suggestion } }`;
const COMPLETIONS = 'query ($prefix: String!) { autocomplete(prefix: $prefix) { text node { id } } }';

type Ranks = readonly [from: number, to: number];
const FREQUENT: Ranks = [0, 19];
const COMMON: Ranks = [100, 499];
const REST: Ranks = [500, 49_999];

/** @param rareTopics slugs of topics on few articles */
export function questionsAbout(rareTopics: readonly string[]): Question[] {
  const page = (name: string, of: (random: Random) => object): Question => ({
    name,
    query: PAGE,
    variables: of,
  });
  return [
    page('two of the 20 most frequent words, with highlights', (r) => ({ query: two(r, FREQUENT) })),
    page('two of the 100th to 500th, with highlights', (r) => ({ query: two(r, COMMON) })),
    page('two of the rest, with highlights', (r) => ({ query: two(r, REST) })),
    page('a frequent word and a rare one', (r) => {
      const language = languageOf(r);
      return { query: `${word(r, language, FREQUENT)} ${word(r, language, REST)}` };
    }),
    page('two frequent words of different languages', (r) => ({
      query: `${word(r, 'en', FREQUENT)} ${word(r, 'fa', FREQUENT)}`,
    })),
    page('one frequent word', (r) => ({ query: word(r, languageOf(r), FREQUENT) })),
    page('a phrase of two frequent words', (r) => ({ query: `"${two(r, FREQUENT)}"` })),
    page('a prefix of three letters', (r) => ({
      query: `${word(r, languageOf(r), COMMON).slice(0, 3)}*`,
    })),
    page('a frequent word without another', (r) => {
      const [a, b] = two(r, FREQUENT).split(' ');
      return { query: `${a} -${b}` };
    }),
    page('two frequent words by date', (r) => ({ query: two(r, FREQUENT), orderBy: 'NEWEST' })),
    page('a frequent word within a rare topic', (r) => ({
      query: word(r, languageOf(r), FREQUENT),
      filter: { topics: { all: [r.pick(rareTopics)] } },
    })),
    page('the same by date', (r) => ({
      query: word(r, languageOf(r), FREQUENT),
      filter: { topics: { all: [r.pick(rareTopics)] } },
      orderBy: 'NEWEST',
    })),
    page('a frequent word within a language that is not its own', (r) => ({
      query: word(r, 'en', FREQUENT),
      filter: { languages: ['fa'] },
    })),
    {
      name: 'two frequent words, with all facets',
      query: FACETS,
      variables: (r) => ({ query: two(r, FREQUENT) }),
    },
    {
      name: 'two of the 100th to 500th, with all facets',
      query: FACETS,
      variables: (r) => ({ query: two(r, COMMON) }),
    },
    {
      name: 'completions of 1 to 4 letters',
      query: COMPLETIONS,
      variables: (r) => ({ prefix: word(r, languageOf(r), COMMON).slice(0, r.between(1, 4)) }),
    },
    {
      name: 'what a misspelt word may have meant',
      query: MISSPELT,
      variables: (r) => ({ query: misspelt(word(r, languageOf(r), COMMON)) }),
    },
  ];
}

function languageOf(random: Random): SearchedLanguage {
  return random.chance(0.6) ? 'en' : 'fa';
}

function word(random: Random, language: SearchedLanguage, [from, to]: Ranks): string {
  return wordOf(language, random.between(from, to));
}

/** Two different words of one language. */
function two(random: Random, ranks: Ranks): string {
  const language = languageOf(random);
  const first = word(random, language, ranks);
  for (;;) {
    const second = word(random, language, ranks);
    if (second !== first) return `${first} ${second}`;
  }
}

/** With two neighbours swapped, or one put in. */
function misspelt(text: string): string {
  const [first = '', second = '', ...rest] = Array.from(text);
  return second + first + rest.join('') + (rest.length < 2 ? second : '');
}
