/** Everything that changes what readers see, done at random to whatever there is. */

import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { globalId, type NodeType } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { Api, schema } from '../support/api';
import { HOUR } from '../support/archive';

type Moving = { now(): number; advance(milliseconds: number): void };

export const deeds = fc.record({
  name: fc.nat(),
  first: fc.nat({ max: 40 }),
  second: fc.nat({ max: 40 }),
  choice: fc.nat({ max: 5 }),
});
export type Deed = typeof deeds extends fc.Arbitrary<infer D> ? D : never;

interface Row {
  readonly id: number;
  readonly revision: number;
}

const TABLES: Readonly<Partial<Record<NodeType, string>>> = {
  Article: 'articles',
  Author: 'authors',
  Category: 'categories',
  Collection: 'collections',
  Comment: 'comments',
  Image: 'images',
  Topic: 'topics',
};

const WORDS = ['one', 'two', 'three', 'topic-1', 'article-1', 'category-2'];
const MODES = ['OPEN', 'PREMODERATED', 'CLOSED'];

/** Does deeds as an admin. */
export class Hand {
  /** Mutations that have changed something. */
  readonly done = new Set<string>();
  private readonly admin: Api;
  private comments = 0;

  constructor(
    private readonly db: Database,
    private readonly clock: Moving,
  ) {
    this.admin = new Api(db, { actor: ACTORS.admin, clock });
  }

  async do({ name, first, second, choice }: Deed): Promise<void> {
    const inputs = this.inputs(first, second, choice);
    const names = Object.keys(inputs);
    const mutation = names[name % names.length] ?? '';
    if (mutation === 'wait') return this.clock.advance((1 + choice) * (HOUR / 3));
    const input = await inputs[mutation]?.();
    if (input != null) await this.send(mutation, input);
  }

  async send(mutation: string, input: object, actor = ACTORS.admin): Promise<boolean> {
    const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type;
    const source = `mutation ($input: ${type}) { answer: ${mutation}(input: $input) { userErrors { code } } }`;
    const api = actor === ACTORS.admin ? this.admin : new Api(this.db, { actor, clock: this.clock });
    const { data, errors } = await api.execute(source, { input });
    const answer = data?.answer as { userErrors: unknown[] } | undefined;
    const isDone = errors === undefined && answer?.userErrors.length === 0;
    if (isDone) this.done.add(mutation);
    return isDone;
  }

  private inputs(
    first: number,
    second: number,
    choice: number,
  ): Record<string, () => Promise<object | null>> {
    const word = WORDS[choice] ?? '';
    const mode = MODES[choice % 3];
    const seen = async (type: NodeType, place = first) => {
      const row = await this.pick(type, place);
      return row && { id: globalId(type, row.id), expectedRevision: row.revision };
    };
    const edit = (type: NodeType, fields: object) => async () => {
      const node = await seen(type);
      return node !== null ? { ...node, ...fields } : null;
    };
    const merge = (type: NodeType) => async () => {
      const [node, into] = [await seen(type), await this.pick(type, second)];
      return node !== null && into !== null ? { ...node, into: globalId(type, into.id) } : null;
    };
    const idOf = async (type: NodeType, place = second) => {
      const row = await this.pick(type, place);
      return row && globalId(type, row.id);
    };
    const later = new Date(this.clock.now() + HOUR).toISOString();
    const slugOf = (room: string, count: number) => [`${room}-${second % count}`];
    return {
      wait: async () => null,
      createArticle: async () => ({ title: word, slug: word, language: 'en', html: '<p>New.</p>' }),
      updateArticle: edit(
        'Article',
        choice < 3
          ? { title: word, slug: word }
          : choice < 5
            ? { leadImage: IMAGES[choice % 2] }
            : { topics: slugOf('topic', 7), categories: slugOf('category', 6), authors: slugOf('author', 4) },
      ),
      publishArticle: edit('Article', choice < 3 ? {} : choice < 5 ? { at: later } : { embargoUntil: later }),
      correctArticle: edit('Article', { text: word }),
      unpublishArticle: edit('Article', {}),
      withdrawArticle: edit('Article', { note: word }),
      restoreArticle: edit('Article', {}),
      linkTranslations: async () => {
        const [node, translationOf] = [await seen('Article'), await idOf('Article')];
        return node !== null && translationOf !== null ? { ...node, translationOf } : null;
      },
      unlinkTranslation: edit('Article', {}),
      updateAuthor: edit('Author', choice < 4 ? { name: word, slug: word } : { avatar: IMAGES[0] }),
      mergeAuthor: merge('Author'),
      deleteAuthor: () => seen('Author'),
      createCategory: async () => ({ name: word, slug: word }),
      updateCategory: edit(
        'Category',
        choice < 3 ? { name: word, slug: word } : { parent: slugOf('category', 6)[0] },
      ),
      mergeCategory: merge('Category'),
      deleteCategory: () => seen('Category'),
      createCollection: async () => ({ title: word, slug: 'front' }),
      updateCollection: edit('Collection', { title: word }),
      deleteCollection: () => seen('Collection'),
      placeInCollection: async () => {
        const [id, article] = [await idOf('Collection', first), await idOf('Article')];
        return id !== null && article !== null ? { id, article } : null;
      },
      updateImage: edit('Image', { alt: word }),
      createTopic: async () => ({
        kind: 'SUBJECT',
        slug: word,
        names: [{ language: 'en', name: word, aliases: [] }],
      }),
      updateTopic: edit('Topic', choice < 3 ? { slug: word } : { parent: slugOf('topic', 7)[0] }),
      renameTopic: async () => {
        const id = await idOf('Topic');
        return id !== null ? { id, language: choice < 3 ? 'en' : 'fa', name: word } : null;
      },
      mergeTopic: merge('Topic'),
      deleteTopic: () => seen('Topic'),
      createComment: async () => {
        const articleId = await idOf('Article', first);
        const parentId = choice > 2 ? await idOf('Comment') : null;
        const body = `${word} ${++this.comments}`;
        return articleId !== null ? { articleId, body, ...(parentId ? { parentId } : {}) } : null;
      },
      moderateComments: async () => {
        const row = await this.pick('Comment', first);
        const to = ['APPROVED', 'REJECTED', 'SPAM', 'PENDING'][choice % 4];
        return row && { items: [{ id: globalId('Comment', row.id), expectedVersion: row.revision }], to };
      },
      featureComment: async () => {
        const id = await idOf('Comment');
        return id !== null ? { id, featured: choice < 3 } : null;
      },
      deleteComment: async () => {
        const id = await idOf('Comment');
        return id !== null ? { id } : null;
      },
      eraseCommenter: async () => {
        const id = choice === 0 ? await idOf('Comment') : null;
        return id !== null ? { commentId: id } : null;
      },
      setCommenting: async () => {
        const articleId = await idOf('Article');
        return articleId !== null ? { articleId, mode, closesAt: choice < 3 ? later : null } : null;
      },
      setCategoryCommenting: async () => {
        const categoryId = await idOf('Category');
        return categoryId !== null ? { categoryId, mode } : null;
      },
      setSiteCommenting: async () => ({ mode }),
    };
  }

  private async pick(type: NodeType, place: number): Promise<Row | null> {
    const table = sql.identifier(TABLES[type] ?? '');
    const revision = sql.identifier(type === 'Comment' ? 'version' : 'revision');
    const rows = await this.db.rows<Row>(sql`select id, ${revision} as revision from ${table} order by id`);
    return rows[place % Math.max(1, rows.length)] ?? null;
  }
}

const IMAGES = [
  { url: 'https://news.example/one.jpg', alt: 'One' },
  { url: 'https://news.example/two.jpg', alt: 'Two' },
];
