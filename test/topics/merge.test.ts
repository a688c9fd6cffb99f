import { sql } from 'drizzle-orm';
import { updateArticles } from '../../src/articles';
import { globalId } from '../../src/core/ids';
import type { Database, TopicSource } from '../../src/database';
import { addTopics } from '../../src/topics';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import {
  ARCHIVIST,
  type Archive,
  at,
  HOUR,
  NOW,
  type PlannedArticle,
  storeArchive,
} from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { changesOf } from '../support/log';
import { expectedTies, givenBy, storedTies } from '../support/ties';

const MERGE = `mutation ($input: MergeTopicInput!) {
  mergeTopic(input: $input) {
    topic { id slug revision description wikidataId parent { slug } names { language name aliases } articleCount }
    userErrors { code message field ... on VersionConflict { current } }
  }
}`;

interface Payload {
  readonly topic: { readonly revision: number } | null;
  readonly userErrors: readonly object[];
}

/** Carrying topic 0, topic 1, both, what is below 0, and nothing of it. */
const TOPICS = [[0], [1], [0, 1], [2], [3], [0, 2, 1]];

describeEachEngine('a topic that becomes part of another', (store) => {
  let db: Database;
  let archive: Archive;

  beforeEach(async () => {
    db = await store.open();
    const articles = TOPICS.map(
      (topics, index): PlannedArticle => ({
        ...{ kind: 'ARTICLE', status: index === 1 ? 'DRAFT' : 'PUBLISHED', language: 'en', updatedAt: NOW },
        ...{ publishedAt: index === 1 ? null : NOW - HOUR, embargoUntil: null, expiresAt: null },
        ...{ authors: [], categories: [0], topics },
      }),
    );
    // 2 below 0, 3 apart, 1 below 3.
    archive = await storeArchive(db, {
      authors: 0,
      categories: [null],
      topics: [null, null, 0, null],
      articles,
    });
    await db.write((tx) => tx.execute(sql`update topics set parent_id = ${key(3)} where id = ${key(1)}`));
    const update = (
      place: number,
      topics: { place: number; salience: number; mentions: number; source: TopicSource }[],
    ) => ({
      ...{ id: at(archive.articles, place).id, expectedRevision: 1, op: 'RETAG' as const },
      topics: topics.map(({ place: topic, ...mark }) => ({ ...mark, topicId: key(topic) })),
    });
    await db.write((tx) =>
      updateArticles(tx, ARCHIVIST, NOW, [
        update(1, [{ place: 1, salience: 0.5, mentions: 1, source: 'MACHINE' }]),
        update(2, [
          { place: 0, salience: 0.9, mentions: 3, source: 'MACHINE' },
          { place: 1, salience: 0.4, mentions: 2, source: 'IMPORT' },
        ]),
        update(5, [
          { place: 0, salience: 0.2, mentions: 0, source: 'EDITOR' },
          { place: 1, salience: 0.7, mentions: 4, source: 'IMPORT' },
          { place: 2, salience: 0.1, mentions: 1, source: 'MACHINE' },
        ]),
      ]),
    );
  });

  const key = (place: number) => at(archive.keys.topic, place);
  const id = (place: number) => globalId('Topic', key(place));
  const merge = async (from: number, into: number, expectedRevision = 1) => {
    const input = { id: id(from), into: id(into), expectedRevision };
    const answer = await new Api(db, { actor: ACTORS.editor }).ask<{ mergeTopic: Payload }>(MERGE, { input });
    return answer.mergeTopic;
  };
  const ask = <T>(source: string) => new Api(db, { actor: ACTORS.editor }).ask<T>(source);
  const expectTies = async () => {
    const stored = await storedTies(db, 'topic');
    expect(stored).toEqual(await expectedTies(db, 'topic', givenBy(stored)));
  };

  test('leaves it its articles, each once, with the higher salience and the stronger source', async () => {
    expect(await merge(0, 1)).toMatchObject({
      topic: { slug: 'topic-1', revision: 2, articleCount: 4 },
      userErrors: [],
    });
    const { articleTopics: t } = db.tables;
    const ties = await db
      .select()
      .from(t)
      .where(sql`${t.topicId} = ${key(1)} and ${t.direct}`)
      .orderBy(t.articleId);
    const marks = ties.map(({ articleId, salience, mentions, source }) => [
      archive.articles.findIndex((article) => article.id === articleId),
      { salience, mentions, source },
    ]);
    expect(marks).toEqual([
      [0, { salience: 1, mentions: 0, source: 'EDITOR' }],
      [1, { salience: 0.5, mentions: 1, source: 'MACHINE' }],
      [2, { salience: 0.9, mentions: 5, source: 'IMPORT' }],
      [5, { salience: 0.7, mentions: 4, source: 'EDITOR' }],
    ]);
    await expectTies();
  });

  test('hands over its names, its children, its categories, and what the other does not say', async () => {
    await db.write(async (tx) => {
      await tx.execute(sql`update categories set topic_id = ${key(0)}`);
      await tx.execute(
        sql`update topics set description = 'Nought', wikidata_id = 'Q0' where id = ${key(0)}`,
      );
      await tx.execute(sql`update topics set description = 'One' where id = ${key(1)}`);
      const names = [0, 1].map((place) => ({ topicId: key(place), language: 'ur', position: 0 }));
      await tx.insertMany(tx.tables.topicNames, [
        { ...at(names, 0), name: 'صفر', normalised: 'صفر' },
        { ...at(names, 0), position: 1, name: 'نقطہ', normalised: 'نقطہ' },
      ]);
    });
    expect(await merge(0, 1)).toMatchObject({
      topic: {
        ...{ description: 'One', wikidataId: 'Q0', parent: { slug: 'topic-3' } },
        names: [
          { language: 'en', name: 'Topic 1', aliases: ['Topic 0'] },
          { language: 'ur', name: 'صفر', aliases: ['نقطہ'] },
        ],
      },
    });
    expect(
      await ask(
        '{ topic(slug: "topic-2") { parent { slug } revision } category(slug: "category-0") { topic { slug } revision } topics(matching: "topic 0") { nodes { slug } } }',
      ),
    ).toEqual({
      topic: { parent: { slug: 'topic-1' }, revision: 2 },
      category: { topic: { slug: 'topic-1' }, revision: 2 },
      topics: { nodes: [{ slug: 'topic-1' }] },
    });
    await expectTies();
  });

  test('is found there: by its slug, in filters, at its place, and when it is added again', async () => {
    await merge(0, 1);
    const { topic, articles, route } = await ask<Record<string, object>>(`{
      topic(slug: "topic-0") { slug }
      articles(filter: { topics: { any: ["topic-0"] } }) { totalCount }
      route(path: "/topic/topic-0") { ... on Redirect { to permanent } }
    }`);
    expect({ topic, articles, route }).toEqual({
      topic: { slug: 'topic-1' },
      articles: { totalCount: 4 },
      route: { to: '/topic/topic-1', permanent: true },
    });
    const again = { slug: 'topic-0', kind: 'PLACE' as const, parentId: null, description: null };
    const names = [{ language: 'en', name: 'Topic 0', aliases: [] }];
    const keys = await db.write((tx) =>
      addTopics(tx, ARCHIVIST, NOW, [{ ...again, wikidataId: null, names }]),
    );
    expect(keys).toEqual([key(1)]);
    // Through one merger and the next.
    expect(await merge(1, 3, 2)).toMatchObject({ userErrors: [] });
    expect(await ask('{ topic(slug: "topic-0") { slug } }')).toEqual({ topic: { slug: 'topic-3' } });
    await expectTies();
  });

  test('is told of: by the revisions of its articles, and by the change log', async () => {
    await merge(0, 1);
    const { articles } = db.tables;
    const revisions = await db.select({ revision: articles.revision }).from(articles).orderBy(articles.id);
    // Those that carried it themselves; three of them had been tagged anew before.
    expect(revisions.map(({ revision }) => revision)).toEqual([2, 2, 3, 1, 1, 3]);
    const merged = {
      facet: 'topic',
      from: { id: key(0), slug: 'topic-0' },
      into: { id: key(1), slug: 'topic-1' },
    };
    const retagged = (await changesOf(db, 'ARTICLE')).slice(-3);
    expect(retagged.map(({ entityId, revision, op }) => [entityId, revision, op])).toEqual(
      [
        [0, 2],
        [2, 3],
        [5, 3],
      ].map(([place = 0, revision]) => [at(archive.articles, place).id, revision, 'RETAG']),
    );
    for (const { payload } of retagged) expect(payload).toEqual({ changed: ['topics'], merged });
    expect((await changesOf(db, 'TOPIC')).slice(-3)).toMatchObject([
      { op: 'MOVE', entityId: key(2), revision: 2, payload: { before: { parent: key(0) } } },
      { op: 'MERGE', entityId: key(1), revision: 2, payload: { merged: merged.from, articles: 3 } },
      {
        op: 'DELETE',
        entityId: key(0),
        revision: 2,
        payload: { mergedInto: key(1), before: { slug: 'topic-0' } },
      },
    ]);
  });

  test('is merged once, however often it is asked', async () => {
    await merge(0, 1);
    const before = await db.select().from(db.tables.changes);
    expect(await merge(0, 1)).toMatchObject({ topic: { slug: 'topic-1', revision: 2 }, userErrors: [] });
    expect(await merge(0, 3)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', field: ['input', 'id'] }] });
    expect(await db.select().from(db.tables.changes)).toEqual(before);
  });

  test('takes an imported tag along: what comes again finds the other, and is no edit of the article', async () => {
    const article = at(archive.articles, 0).id;
    await db.write((tx) =>
      tx.insertMany(
        tx.tables.importKeys,
        [
          ...['topic', 'author'].map((kind) => ({ kind, externalId: 'tag:x', localId: key(0), revision: 0 })),
          { kind: 'article', externalId: '1', localId: article, revision: 1 },
          { kind: 'article', externalId: '2', localId: at(archive.articles, 2).id, revision: 1 },
        ].map((row) => ({ ...row, source: 'https://blog.example', fingerprint: 'x', state: 'made' })),
      ),
    );
    await merge(0, 1);
    const { importKeys } = db.tables;
    const keys = await db.select().from(importKeys).orderBy(importKeys.kind, importKeys.externalId);
    expect(keys.map(({ kind, localId, revision, state }) => [kind, localId, revision, state])).toEqual([
      ['article', article, 2, 'made'],
      // Had been edited here before, and still has.
      ['article', at(archive.articles, 2).id, 1, 'made'],
      ['author', key(0), 0, 'made'],
      ['topic', key(1), 0, null],
    ]);
  });

  test.each([
    ['what is below it', 0, 2],
    ['what is above it', 2, 0],
    ['what is far below it', 3, 4],
  ])('may become part of %s', async (_what, from, into) => {
    const below = {
      slug: 'deep',
      kind: 'PLACE' as const,
      parentId: key(1),
      description: null,
      wikidataId: null,
    };
    const names = [{ language: 'en', name: 'Deep', aliases: [] }];
    const [deep = 0] = await db.write((tx) => addTopics(tx, ARCHIVIST, NOW, [{ ...below, names }]));
    const target = into === 4 ? globalId('Topic', deep) : id(into);
    const input = { id: id(from), expectedRevision: 1, into: target };
    const { mergeTopic } = await new Api(db, { actor: ACTORS.editor }).ask<{ mergeTopic: Payload }>(MERGE, {
      input,
    });
    expect(mergeTopic.userErrors).toEqual([]);
    const { topics } = db.tables;
    const rows = await db.select({ id: topics.id, parentId: topics.parentId }).from(topics);
    const parents = new Map(rows.map((row) => [row.id, row.parentId]));
    for (const start of parents.keys()) {
      const line = new Set<number>();
      for (let step: number | null = start; step !== null; step = parents.get(step) ?? null) {
        expect(line.has(step)).toBe(false);
        line.add(step);
      }
    }
    await expectTies();
  });

  test.each([
    ['itself', 0, 0, 1, 'VALIDATION', 'into'],
    ['what is not there', 0, 99, 1, 'NOT_FOUND', 'into'],
  ])('cannot become part of %s', async (_what, from, into, revision, code, field) => {
    const target = into === 99 ? globalId('Topic', 99_999) : id(into);
    const input = { id: id(from), expectedRevision: revision, into: target };
    const { mergeTopic } = await new Api(db, { actor: ACTORS.editor }).ask<{ mergeTopic: Payload }>(MERGE, {
      input,
    });
    expect(mergeTopic).toMatchObject({ topic: null, userErrors: [{ code, field: ['input', field] }] });
  });

  test('loses nothing to those who write articles meanwhile', async () => {
    const api = new Api(db, { actor: ACTORS.editor });
    const create = `mutation ($slug: String!) {
      createArticle(input: { title: "News", language: "en", html: "", topics: [$slug] }) { userErrors { code } }
    }`;
    const writers = Array.from({ length: 8 }, (_, index) =>
      api.ask(create, { slug: index % 2 === 0 ? 'topic-0' : 'topic-2' }),
    );
    const [merged, ...written] = await Promise.all([merge(0, 1), ...writers]);
    expect(merged).toMatchObject({ userErrors: [] });
    for (const each of written) expect(each).toEqual({ createArticle: { userErrors: [] } });
    await expectTies();
    const carried = await db.rows<{ total: number }>(
      sql`select count(*) as total from article_topics where topic_id = ${key(1)}`,
    );
    expect(carried).toEqual([{ total: 5 + 8 }]);
  });

  test('stays where somebody has changed it since it was read', async () => {
    await db.write((tx) => tx.execute(sql`update topics set revision = 5 where id = ${key(0)}`));
    expect(await merge(0, 1)).toEqual({
      topic: null,
      userErrors: [
        { code: 'VERSION_CONFLICT', current: 5, field: null, message: expect.stringContaining('now 5') },
      ],
    });
    await expectTies();
  });
});
