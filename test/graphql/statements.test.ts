import { Api, type Variables } from '../support/api';
import { describeEachEngine, recordStatements } from '../support/engines';
import { OPERATIONS, operation } from '../support/operations';
import { storeRichArchive } from '../support/rich-archive';

/** What the operations are asked with; the subjects are carried by the first article of every archive. */
const VARIABLES: Readonly<Record<string, Variables>> = {
  ArticlePage: { slug: 'article-0' },
  CategoryPage: { slug: 'category-0', first: 100 },
  CommentsPage: { slug: 'article-0', first: 100 },
  FrontPage: { first: 100 },
  PartnerList: { first: 100, filter: { topics: { any: ['topic-0', 'topic-3'] }, languages: ['en'] } },
  Relation: { topics: ['topic-3', 'topic-0'], first: 100 },
  Resolve: { path: '/articles/article-0' },
  Search: { query: 'what happened -"topic 1"', first: 100 },
  TopicPage: { slug: 'topic-3', first: 100 },
};

const NESTED = `query Nested($first: Int! = 100) {
  articles(first: $first) { nodes {
    authors { articles(first: 3) { nodes {
      categories { name articles(first: 2) { totalCount nodes {
        topics { topic { name parent { name } } }
      } } }
    } } }
  } }
}`;

const OTHERS: Readonly<Record<string, string>> = {
  Nested: NESTED,
  Discussions: `query Discussions {
    articles(first: 100) { nodes {
      commenting { open }
      comments(first: 3) { totalCount nodes {
        parent { id } article { title } replies(first: 3) { totalCount nodes { parent { id } } }
      } }
    } }
  }`,
  // The same again and again under other names, of what is read at once where it stands alone.
  Repeated: `query Repeated {
    article(slug: "article-0") {
      comments(first: 3) { nodes { id } }
      ${['a', 'b', 'c', 'd', 'e'].map((name) => `${name}: comments(first: 3) { nodes { id } }`).join(' ')}
      translations { title }
      ${['v', 'w', 'x', 'y', 'z'].map((name) => `${name}: translations { title }`).join(' ')}
    }
  }`,
  Related: `query Related {
    articles(first: 100) { nodes {
      translations { title authors { name } }
      primaryCategory { parent { name } ancestors { name } topic { slug } children { articleCount } }
      topics { topic { names { name } articleCount children(first: 3) { totalCount nodes { name } } } }
    } }
  }`,
};

/**
 * More statements than these are a mistake, however few they are by article: of a server that remembers what articles have
 * to do with, and of one that has just started.
 */
const MOST: Readonly<Record<string, readonly [known: number, unknown: number]>> = {
  ArticlePage: [2, 7],
  CategoryPage: [2, 4],
  CommentsPage: [2, 4],
  Discussions: [6, 8],
  Dashboard: [12, 13],
  FrontPage: [1, 5],
  Nested: [5, 9],
  PartnerList: [5, 10],
  Related: [6, 10],
  Repeated: [5, 5],
  Relation: [4, 4],
  Resolve: [1, 1],
  Search: [16, 18],
  TopicPage: [6, 8],
};

const ALL = new Map([...OPERATIONS, ...Object.entries(OTHERS)]);

describeEachEngine('the number of statements', (store) => {
  const counts = async (articles: number) => {
    const sent = recordStatements();
    const db = await store.open(sent);
    await storeRichArchive(db, articles);
    const found = new Map<string, readonly [known: number, unknown: number]>();
    for (const [name, source] of ALL) {
      const api = new Api(db);
      // Whoever is the first to ask about relations waits until the whole archive has been read, page by page.
      await api.ask('{ trendingTopics(window: WEEK) { z } }');
      const count = async () => (await sent.during(() => api.ask(source, VARIABLES[name] ?? {}))).length;
      const unknown = await count();
      found.set(name, [await count(), unknown]);
    }
    return found;
  };

  const compared = async () => {
    const [one, two, hundred] = [await counts(1), await counts(2), await counts(100)];
    return [...ALL.keys()].flatMap((name) =>
      [0, 1].map((place) => {
        const [alone, few, many, most] = [one, two, hundred, new Map(Object.entries(MOST))].map(
          (each) => each.get(name)?.[place] ?? 0,
        );
        const isSame = few === many && many !== undefined && many <= (most ?? 0);
        // What belongs to one article alone may be read with it.
        return { name, alone, few, many, most, fine: isSame && (alone ?? 0) <= many };
      }),
    );
  };

  test('is the same for two articles and for a hundred, no larger for one, and small', async () => {
    let rows = await compared();
    // Long work lets others go on when its turn is over, which is sooner on a busy machine: what is asked for in two turns
    // is two statements. What grows with the articles does so every time.
    for (let again = 0; again < 4 && !rows.every(({ fine }) => fine); again++) rows = await compared();
    const table = rows.map(({ name, alone, few, many, most, fine }) =>
      [
        name.padEnd(14),
        ...[alone, few, many, most].map((count) => String(count).padStart(8)),
        fine ? '' : '  <',
      ].join(''),
    );
    const head = `${''.padEnd(14)}     one     two hundred at most`;
    if (!rows.every(({ fine }) => fine))
      throw new Error(`Statements by operation, known and unknown:\n${[head, ...table].join('\n')}`);
  }, 120_000);

  test('does not depend on how many articles one page asks for', async () => {
    const sent = recordStatements();
    const db = await store.open(sent);
    await storeRichArchive(db, 100);
    const api = new Api(db);
    for (const source of [operation('FrontPage'), operation('PartnerList'), NESTED]) {
      await api.ask(source, { first: 100 });
      const numbers: number[] = [];
      for (const first of [1, 2, 10, 100]) {
        numbers.push((await sent.during(() => api.ask(source, { first }))).length);
      }
      expect(new Set(numbers).size).toBe(1);
    }
  }, 60_000);
});
