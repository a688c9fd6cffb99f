/** Threads of real sites: what goes in comes out in the same shape. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { BatchedComment } from '../../src/comments';
import { WordList } from '../../src/comments/word-list';
import { globalId } from '../../src/core/ids';
import { Api } from '../support/api';
import { NOW } from '../support/archive';
import { plainComment, storeComments } from '../support/discussions';
import { describeEachEngine } from '../support/engines';
import { storePublished } from '../support/readers';
import { expectRecounted } from '../support/recount';
import { describeWithSharedData, sharedData } from '../support/shared-data';

interface Line {
  readonly id: string;
  readonly parent_id: string | null;
  readonly article?: string;
  readonly article_id?: string;
  readonly author: string;
  readonly body?: string;
  readonly body_html?: string;
  readonly time?: string;
  readonly deleted?: boolean;
  readonly hateful?: boolean;
}

const FILES = ['comments/foxnews-comments.jsonl.gz', 'comments/remark42-radiot-threads.jsonl.gz'];

function linesOf(path: string): Line[] {
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line));
}

/** A dozen slurs and insults as any newsroom's list would have them, and no more: this measures lists, not people. */
const PLAIN_LIST = [
  'moron*',
  'idiot*',
  'scum*',
  'savage*',
  'vermin',
  'thug*',
  'filth*',
  'nazi*',
  'retard*',
  'animals',
  'trash',
  'stupid',
  'libtard*',
  'muzz*',
  'barbarian*',
  'invader*',
];

interface Node {
  readonly body: { readonly text: string } | null;
  readonly replies: { readonly nodes: readonly Node[] };
}

for (const file of FILES) {
  describeWithSharedData(`the threads of ${file}`, [file], (path) => {
    describeEachEngine('', (store) => {
      test('go in, and come out in the same shape', async () => {
        const db = await store.open();
        const lines = linesOf(path);
        const articles = [...new Set(lines.map(({ article, article_id }) => article ?? article_id ?? ''))];
        await storePublished(db, articles.length);
        const places = new Map(lines.map(({ id }, index) => [id, index]));
        const batch = lines.map((line, index): BatchedComment => {
          const parent = line.parent_id === null ? undefined : places.get(line.parent_id);
          const text = line.body ?? line.body_html ?? '';
          return plainComment(1 + articles.indexOf(line.article ?? line.article_id ?? ''), {
            ...{ authorName: line.author, text, html: `<p>${index}</p>` },
            status: line.deleted ? 'DELETED' : 'APPROVED',
            createdAt: line.time ? Date.parse(line.time) : NOW - lines.length + index,
            ...(parent === undefined ? {} : { parentInBatch: parent }),
          });
        });
        const ids = await storeComments(db, batch);
        await expectRecounted(db);
        const api = new Api(db);
        const found = new Map<string, string | null>();
        for (const id of ids) {
          const { comment } = await api.ask<{
            comment: { id: string; parent: { id: string } | null } | null;
          }>('query ($id: ID!) { comment(id: $id) { id parent { id } } }', { id: globalId('Comment', id) });
          if (comment) found.set(comment.id, comment.parent?.id ?? null);
        }
        for (const [index, { parent_id, deleted }] of lines.entries()) {
          const id = globalId('Comment', ids[index] ?? 0);
          if (deleted && !found.has(id)) continue;
          const parent = parent_id === null ? undefined : places.get(parent_id);
          expect(found.get(id)).toBe(parent === undefined ? null : globalId('Comment', ids[parent] ?? 0));
        }
        // As a page has them, in the order in which they were written.
        const thread =
          'nodes { body { text } replies(first: 100) { nodes { body { text } replies(first: 100) { nodes { body { text } } } } } }';
        const { article } = await api.ask<{ article: { comments: { nodes: Node[] } } }>(
          `{ article(slug: "article-0") { comments(first: 100) { ${thread} } } }`,
        );
        const tops = lines
          .map((line, index) => ({ line, createdAt: batch[index]?.createdAt ?? 0, index }))
          .filter(({ line }) => (line.article ?? line.article_id) === articles[0])
          .filter(({ line }) => line.parent_id === null || !places.has(line.parent_id))
          .filter(({ index }) => found.has(globalId('Comment', ids[index] ?? 0)))
          .sort((a, b) => a.createdAt - b.createdAt || a.index - b.index)
          .slice(0, 100);
        expect(article.comments.nodes.map(({ body }) => body?.text ?? null)).toEqual(
          tops.map(({ line }) => (line.deleted ? null : (line.body ?? line.body_html))),
        );
      }, 60_000);
    });
  });
}

const foxnews = sharedData(FILES[0] ?? '');
(foxnews ? test : test.skip)('a plain list of words holds few of the hateful ones, as information', () => {
  const lines = linesOf(foxnews ?? '');
  const list = new WordList(PLAIN_LIST);
  const rate = (hateful: boolean) => {
    const some = lines.filter((line) => line.hateful === hateful);
    const held = some.filter((line) => list.findIn(line.body ?? '') !== null);
    return { comments: some.length, held: held.length };
  };
  const [hateful, others] = [rate(true), rate(false)];
  process.stdout.write(
    `A list of ${PLAIN_LIST.length} words holds ${hateful.held} of ${hateful.comments} hateful comments and ${others.held} of ${others.comments} others.\n`,
  );
  expect(hateful.comments).toBeGreaterThan(100);
  expect(hateful.held / hateful.comments).toBeGreaterThan(others.held / others.comments);
});
