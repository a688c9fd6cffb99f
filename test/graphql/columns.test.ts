import { sql } from 'drizzle-orm';
import {
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { loadSample } from '../../src/sample/load';
import { ACTORS } from '../support/actors';
import { Api, schema } from '../support/api';
import { describeEngine } from '../support/engines';
import { recordStatements } from '../support/statements';

const clock = heldClock(Date.parse('2026-11-22T00:00:00Z'));

/** How a field is asked for: with the leaves of what it leads to. */
function selectionOf(name: string, type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isScalarType(named) || isEnumType(named)) return name;
  if (!isObjectType(named)) return `${name} { __typename }`;
  const leaves = Object.values(named.getFields()).filter(
    (field) =>
      (isScalarType(getNamedType(field.type)) || isEnumType(getNamedType(field.type))) &&
      field.args.every((arg) => !isNonNullType(arg.type)),
  );
  return `${name} { ${leaves.map((leaf) => leaf.name).join(' ') || '__typename'} }`;
}

describeEngine('sqlite', 'what reads only the columns that are asked for', (store) => {
  const sent = recordStatements();
  let database: Database;

  beforeAll(async () => {
    database = await store.open(sent);
    await loadSample(database, new SecretBox('a secret of at least thirty-two characters'), clock);
    // What no article, no author and no comment of the sample has.
    await database.write(async (tx) => {
      await tx.execute(
        sql`update articles set canonical_url = 'https://news.example' || path, credit = 'Them'`,
      );
      await tx.execute(sql`update authors set avatar_id = (select min(id) from images)`);
      await tx.execute(sql`update comments set edited_at = created_at + id, featured = id % 2`);
    });
  });

  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    return fields.map((field) => [field.name, selectionOf(field.name, field.type)] as const);
  };
  // An editor: to readers some fields are nothing.
  const ask = <A>(query: string) => new Api(database, { clock, actor: ACTORS.editor }).ask<A>(query);
  type Node = Readonly<Record<string, unknown>>;
  const valuesOf = (nodes: readonly Node[], name: string) => nodes.map((node) => node[name]);

  interface Listed {
    readonly articles: { readonly nodes: Node[]; readonly edges: readonly { readonly node: Node }[] };
  }
  let listed: Promise<Listed> | null = null;

  test.each(fieldsOf('Article'))(
    'a list answers %s alone as it does with everything else',
    async (name, selection) => {
      const everything = fieldsOf('Article').map(([, each]) => each);
      listed ??= ask<Listed>(
        `{ articles(first: 100) { nodes { ${everything.join(' ')} } edges { node { id } } } }`,
      );
      const alone = await ask<Listed>(
        `{ articles(first: 100) { ...a edges { node { ... on Article { ...b } } } } } fragment a on ArticleConnection { nodes { __typename } } fragment b on Article { ${selection} }`,
      );
      const wanted = valuesOf((await listed).articles.nodes, name);
      const nodes = alone.articles.edges.map(({ node }) => node);
      expect(valuesOf(nodes, name)).toEqual(wanted);
      expect(wanted.some((value) => value !== null && value !== undefined)).toBe(true);
    },
  );

  interface Found {
    readonly articles: { readonly nodes: readonly { readonly id: string; readonly slug: string }[] };
  }
  let found: Found['articles']['nodes'] = [];
  beforeAll(async () => {
    found = (await ask<Found>('{ articles(first: 100) { nodes { id slug } } }')).articles.nodes;
    const [renamed] = found;
    const rename = `mutation { updateArticle(input: { id: "${renamed?.id}", expectedRevision: 1, slug: "renamed" }) { article { slug } } }`;
    expect(await ask(rename)).toEqual({ updateArticle: { article: { slug: 'renamed' } } });
  });
  const readEach = async (selected: string) => {
    const ways = found.slice(0, 12).flatMap(({ id, slug }) => [`id: "${id}"`, `slug: "${slug}"`]);
    const fields = ways.map((way, index) => `a${index}: article(${way}) { ${selected} }`);
    return Object.values(await ask<Record<string, Node | null>>(`{ ${fields.join(' ')} }`));
  };
  let whole: Promise<readonly (Node | null)[]> | null = null;

  test.each(fieldsOf('Article'))(
    'one article by its id, its slug and its former slug has the same %s alone as with everything else',
    async (name, selection) => {
      whole ??= readEach(
        fieldsOf('Article')
          .map(([, each]) => each)
          .join(' '),
      );
      const wanted = (await whole).map((node) => node?.[name]);
      expect((await readEach(selection)).map((node) => node?.[name])).toEqual(wanted);
      expect(wanted.some((value) => value !== null && value !== undefined)).toBe(true);
    },
  );

  test.each(fieldsOf('Article'))(
    'translations have the same %s alone as with everything else',
    async (name, selection) => {
      translations ??= translationsOf(
        fieldsOf('Article')
          .map(([, each]) => each)
          .join(' '),
      );
      const wanted = valuesOf(await translations, name);
      expect(valuesOf(await translationsOf(selection), name)).toEqual(wanted);
      expect(wanted.length).toBeGreaterThan(3);
    },
  );
  const translationsOf = async (selected: string) => {
    const { articles } = await ask<{ articles: { nodes: { translations: Node[] }[] } }>(
      `{ articles(first: 100) { nodes { translations { ${selected} } } } }`,
    );
    return articles.nodes.flatMap((node) => node.translations);
  };
  let translations: Promise<readonly Node[]> | null = null;

  test('an article by itself has the body that it has in a list, or none', async () => {
    const body = 'body { html wordCount readingMinutes text blocks { __typename } }';
    const { articles } = await ask<{ articles: { nodes: Node[] } }>(
      `{ articles(first: 100) { nodes { id slug ${body} } } }`,
    );
    const bare = articles.nodes.at(-1);
    await database.write((tx) =>
      tx.execute(
        sql`delete from article_bodies where article_id in (select id from articles where slug = ${bare?.slug})`,
      ),
    );
    const wanted = articles.nodes.map((node) =>
      node === bare ? { html: '', wordCount: 0, readingMinutes: 0, text: '', blocks: [] } : node.body,
    );
    for (const way of ['id', 'slug'] as const) {
      const fields = articles.nodes.map(
        (node, index) => `a${index}: article(${way}: "${node[way]}") { ${body} }`,
      );
      const slices = [fields.slice(0, 12), fields.slice(12, 24), fields.slice(-12)];
      const read = await Promise.all(
        slices.map((slice) => ask<Record<string, Node>>(`{ ${slice.join(' ')} }`)),
      );
      for (const [place, answer] of Object.entries(Object.assign({}, ...read) as Record<string, Node>)) {
        expect(answer.body).toEqual(wanted[Number(place.slice(1))]);
      }
    }
  });

  test('of one article no column is read that nobody has asked for', async () => {
    const read = await sent.during(() => ask(`{ article(slug: "${found[1]?.slug}") { title } }`));
    expect(read).toHaveLength(1);
    const [columns = ''] = (read[0] ?? '').split(' from ', 1);
    expect(
      columns
        .match(/\w+" as/g)
        ?.map((column) => column.slice(0, -4))
        .sort(),
    ).toEqual(['id', 'language', 'published_at', 'updated_at', 'slug', 'title'].sort());
  });

  const readComments = async (fields: string) => {
    const { articles } = await ask<{ articles: { nodes: { comments: { nodes: Thread[] } }[] } }>(
      `{ articles(first: 100) { nodes { comments(first: 5) { nodes { own: __typename ${fields} replies(first: 5) { ...r } } } } } } fragment r on CommentConnection { edges { node { ${fields} } } }`,
    );
    const threads = articles.nodes.flatMap(({ comments }) => comments.nodes);
    return [...threads, ...threads.flatMap(({ replies }) => replies.edges.map(({ node }) => node))];
  };
  interface Thread extends Node {
    readonly replies: { readonly edges: readonly { readonly node: Node }[] };
  }
  let comments: Promise<readonly Node[]> | null = null;
  const commentFields = fieldsOf('Comment').filter(([name]) => name !== 'replies' && name !== 'moderation');

  test.each([...commentFields, ['body', 'body { text }'], ['body', 'body { html }']] as const)(
    'comments and replies to them have the same %s alone as with everything else',
    async (name, selection) => {
      comments ??= readComments(commentFields.map(([, each]) => each).join(' '));
      const alone = valuesOf(await readComments(selection), name);
      const wanted = valuesOf(await comments, name);
      expect(wanted).toMatchObject(alone);
      expect(alone).toHaveLength(wanted.length);
      expect(wanted.some((value) => value !== null && value !== undefined)).toBe(true);
    },
  );

  test('of comments no column is read that nobody has asked for', async () => {
    const read = await sent.during(() =>
      ask(
        '{ articles(first: 100) { nodes { comments { nodes { authorName replies { nodes { body { html } } } } } } } }',
      ),
    );
    const columns = read
      .filter((text) => text.includes('"comments".'))
      .map((text) =>
        (text.split(' from ', 1)[0] ?? '')
          .match(/\w+" as/g)
          ?.join(' ')
          .replaceAll('" as', ''),
      );
    expect(new Set(columns)).toEqual(
      new Set(['id created_at status author_name reply_count', 'id created_at status html']),
    );
  });

  const subjects = [
    ['authors', 'Author'],
    ['categories', 'Category'],
  ].flatMap(([list = '', type = '']) =>
    fieldsOf(type).map(([name, selection]) => [list, name, selection, type] as const),
  );

  test.each(subjects)(
    'answers %s { %s } alone as it does with everything else',
    async (list, name, selection, type) => {
      const all = fieldsOf(type).map(([, each]) => each);
      const read = async (fields: string) => {
        const { articles } = await ask<{ articles: { nodes: Record<string, Node[]>[] } }>(
          `{ articles(first: 100) { nodes { ${list} { ${fields} } } } }`,
        );
        return articles.nodes.flatMap((node) => valuesOf(node[list] ?? [], name));
      };
      const wanted = await read(all.join(' '));
      expect(await read(selection)).toEqual(wanted);
      expect(wanted.some((value) => value !== null && value !== undefined)).toBe(true);
    },
  );
});
