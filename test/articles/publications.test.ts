import fc from 'fast-check';
import { createServices } from '../../src/app';
import { updateArticles } from '../../src/articles';
import type { ArticleFilter } from '../../src/articles/article.filter';
import { ChangeFeed } from '../../src/changes';
import { type Actor, ANONYMOUS } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { FellBehind } from '../../src/live';
import { ACTORS } from '../support/actors';
import {
  ARCHIVIST,
  archivePlans,
  at,
  HOUR,
  NOW,
  type PlannedArticle,
  storeArchive,
} from '../support/archive';
import { expectedList, type ModelFilter, modelFilters } from '../support/archive-model';
import { bounded } from '../support/bounded';
import { startChild } from '../support/child';
import { describeEachEngine, recordStatements } from '../support/engines';
import { until } from '../support/until';

const { editor } = ACTORS;
const box = new SecretBox('x'.repeat(32));
const SOURCE = { title: 'News', language: 'en', html: '<p>Text.</p>' };

const feeds: ChangeFeed[] = [];
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close();
});

/** A newsroom at work, and who listens to it. */
function desk(database: Database) {
  const clock = heldClock(NOW);
  const changes = new ChangeFeed({ database, log: silentLog });
  feeds.push(changes);
  const services = createServices({ database, clock, box, changes, log: silentLog, previewPage: null });
  const { articles, publications } = services;
  const draft = async (edit: object = {}) => (await articles.create(editor, { ...SOURCE, ...edit })).id;
  const revisions = new Map<number, number>();
  const act = async (
    id: number,
    step: (seen: { id: number; revision: number }) => Promise<{ revision: number }>,
  ) => {
    const { revision } = await step({ id, revision: revisions.get(id) ?? 1 });
    revisions.set(id, revision);
  };
  return {
    ...{ database, services, clock, changes, draft },
    publish: (id: number, options?: { at?: number; embargoUntil?: number | null }) =>
      act(id, (seen) => articles.publish(editor, seen, options)),
    unpublish: (id: number) => act(id, (seen) => articles.unpublish(editor, seen)),
    withdraw: (id: number) => act(id, (seen) => articles.withdraw(editor, seen, 'Wrong')),
    restore: (id: number) => act(id, (seen) => articles.restore(editor, seen)),
    update: (id: number, edit: object) => act(id, (seen) => articles.update(editor, seen, edit)),
    /** What the scheduler does when an embargo ends. */
    release: (id: number) =>
      act(id, async (seen) => {
        const update = {
          id,
          expectedRevision: seen.revision,
          op: 'RELEASE' as const,
          fields: { embargoUntil: null },
        };
        const [revision = 0] = await database.write((tx) =>
          updateArticles(tx, ARCHIVIST, clock.now(), [update]),
        );
        return { revision };
      }),
    listen: (actor: Actor, filter: ArticleFilter | null = null) => publications.subscribe(actor, filter),
    /** The keys of what a viewer is told of, as they come. */
    hear: async (actor: Actor, filter: ArticleFilter | null = null) => {
      const stream = await publications.subscribe(actor, filter);
      const heard: number[] = [];
      void (async () => {
        for await (const { article } of stream) heard.push(article.id);
      })();
      return heard;
    },
  };
}

const sees = async (heard: readonly number[], ids: readonly number[]) => {
  await until(() => heard.length >= ids.length);
  expect(heard).toEqual(ids);
};

describeEachEngine('who listens for publications', (store) => {
  test('hears of each article once when it is published, by whoever may see it, and of nothing else', async () => {
    const newsroom = desk(await store.open());
    const before = await newsroom.draft();
    await newsroom.publish(before);
    const [reader, staff] = [await newsroom.hear(ANONYMOUS), await newsroom.hear(editor)];
    const [first, embargoed, scheduled, last] = [
      await newsroom.draft(),
      await newsroom.draft(),
      await newsroom.draft(),
      await newsroom.draft(),
    ];
    await newsroom.update(before, { title: 'Newer' });
    await newsroom.publish(first);
    await newsroom.unpublish(first);
    await newsroom.publish(first);
    await newsroom.withdraw(first);
    await newsroom.restore(first);
    await newsroom.publish(first);
    await newsroom.publish(embargoed, { embargoUntil: NOW + HOUR });
    await newsroom.publish(scheduled, { at: NOW + HOUR });
    await newsroom.publish(last);
    await sees(staff, [first, embargoed, last]);
    await sees(reader, [first, last]);
    newsroom.clock.advance(HOUR);
    await newsroom.release(embargoed);
    const end = await newsroom.draft();
    await newsroom.publish(end);
    await sees(staff, [first, embargoed, last, end]);
    await sees(reader, [first, last, embargoed, end]);
  });

  test('hears of what is published again where they had not heard of it', async () => {
    const newsroom = desk(await store.open());
    const id = await newsroom.draft();
    await newsroom.publish(id);
    await newsroom.unpublish(id);
    const heard = await newsroom.hear(ANONYMOUS);
    newsroom.clock.advance(100 * HOUR);
    await newsroom.publish(id);
    await sees(heard, [id]);
  });

  test('hears of what another process publishes', async () => {
    const newsroom = desk(await store.open());
    const heard = await newsroom.hear(ANONYMOUS);
    const child = startChild('articles/children/publish.ts', store.url(), String(NOW));
    const id = Number(await child.line());
    await sees(heard, [id]);
    await child.ended();
  });

  test('is not told of what was taken back before they came to hear it', async () => {
    const newsroom = desk(await store.open());
    const heard = await newsroom.hear(ANONYMOUS);
    const late = await newsroom.listen(ANONYMOUS);
    const [taken, kept] = [await newsroom.draft(), await newsroom.draft()];
    await newsroom.publish(taken);
    await newsroom.publish(kept);
    await sees(heard, [taken, kept]);
    await newsroom.withdraw(taken);
    newsroom.clock.advance(2_000);
    const { value } = await late.next();
    expect(value?.article.id).toBe(kept);
    await late.return();
  });

  test('hears of what an import brings as long as it is news', async () => {
    const newsroom = desk(await store.open());
    const heard = await newsroom.hear(ANONYMOUS);
    const article = (publishedAt: number): PlannedArticle => ({
      ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', publishedAt, updatedAt: publishedAt },
      ...{ embargoUntil: null, expiresAt: null, authors: [], categories: [], topics: [] },
    });
    const articles = [article(NOW - 100 * HOUR), article(NOW - HOUR)];
    const archive = await storeArchive(newsroom.database, {
      authors: 0,
      categories: [],
      topics: [],
      articles,
    });
    await sees(heard, [at(archive.articles, 1).id]);
  });

  test('who left hears nothing more, and nobody is waited for', async () => {
    const newsroom = desk(await store.open());
    const stream = await newsroom.listen(ANONYMOUS);
    const waiting = stream.next();
    await stream.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    const ended = await newsroom.listen(ANONYMOUS);
    newsroom.changes.close();
    expect(await ended.next()).toEqual({ done: true, value: undefined });
  });

  test('hears of what their filter lets through, as the list has it, whoever else listens', async () => {
    await fc.assert(
      fc.asyncProperty(
        archivePlans({ min: 6, max: 12 }).chain((plan) =>
          fc.tuple(fc.constant(plan), fc.array(modelFilters(plan), { minLength: 8, maxLength: 16 })),
        ),
        ([plan, filters]) =>
          store.using(async (db) => {
            const newsroom = desk(db);
            const listeners = await Promise.all(
              filters.flatMap((filter) =>
                (['PUBLIC', 'NEWSROOM'] as const).map(async (viewer) => {
                  const actor = viewer === 'PUBLIC' ? ANONYMOUS : editor;
                  return { filter, viewer, heard: await newsroom.hear(actor, asFilter(filter)) };
                }),
              ),
            );
            const everything = await newsroom.hear(editor);
            // The subjects that the filters name come with the articles.
            const archive = await storeArchive(db, plan);
            const sentinel = await newsroom.draft({ kind: 'ARTICLE', language: 'de' });
            await newsroom.publish(sentinel);
            await until(() => everything.includes(sentinel));
            await new Promise(setImmediate);
            for (const { filter, viewer, heard } of listeners) {
              const query = { filter, viewer, order: 'NEWEST', parent: null } as const;
              const listed = expectedList(archive, query).filter(isNews);
              expect(heard.filter((id) => id !== sentinel).sort(byNumber)).toEqual(
                listed.map(({ id }) => id).sort(byNumber),
              );
            }
          }),
      ),
      bounded(8),
    );
  });

  test('hears by what topics are called now, though they were merged and renamed since', async () => {
    const newsroom = desk(await store.open());
    const { topics } = newsroom.services;
    const topic = (name: string) =>
      topics.create(editor, { kind: 'SUBJECT', names: [{ language: 'en', name, aliases: [] }] });
    const [old, merged] = [await topic('Old'), await topic('Merged')];
    const heard = await newsroom.hear(ANONYMOUS, selecting('old'));
    const later = await newsroom.hear(ANONYMOUS, selecting('later'));
    await topics.merge(editor, old, merged.id);
    const about = async (slug: string) => newsroom.draft({ topics: [slug] });
    const first = await about('merged');
    await newsroom.publish(first);
    await sees(heard, [first]);
    await topic('Later');
    const second = await about('later');
    await newsroom.publish(second);
    await sees(later, [second]);
    expect(heard).toEqual([first]);
  });

  test('costs no statement more for being many', async () => {
    const sent = recordStatements();
    const newsroom = desk(await store.open(sent));
    const listeners: number[][] = [];
    const publish = async () => {
      const id = await newsroom.draft();
      await newsroom.publish(id);
      await until(() => listeners.every((heard) => heard.at(-1) === id));
    };
    const more = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const filter = { topics: { none: [`nothing-${i}`], includeDescendants: true } };
        listeners.push(await newsroom.hear(i % 2 ? editor : ANONYMOUS, filter));
      }
    };
    // What asks whether there is anything new, and is asked as often as there is time for.
    const isOwn = (text: string) => !/feed_head|from "?changes|data_version/i.test(text);
    await more(2);
    await publish();
    const few = (await sent.during(publish)).filter(isOwn);
    await more(60);
    const many = (await sent.during(publish)).filter(isOwn);
    expect(many.length).toBe(few.length);
  });

  test('and is a thousand behind is told so', async () => {
    const newsroom = desk(await store.open());
    const [quick, slow] = [await newsroom.hear(ANONYMOUS), await newsroom.listen(ANONYMOUS)];
    const planned: PlannedArticle = {
      ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', publishedAt: NOW, updatedAt: NOW },
      ...{ embargoUntil: null, expiresAt: null, authors: [], categories: [], topics: [] },
    };
    const articles = Array.from({ length: 1_200 }, () => planned);
    await storeArchive(newsroom.database, { authors: 0, categories: [], topics: [], articles });
    await until(() => quick.length === 1_200);
    await expect(slow.next()).rejects.toThrow(FellBehind);
  });
});

const byNumber = (a: number, b: number) => a - b;
const selecting = (slug: string): ArticleFilter => ({ topics: { any: [slug], includeDescendants: true } });

function asFilter({ topics, categories, ...rest }: ModelFilter): ArticleFilter {
  return { ...rest, ...(topics ? { topics } : {}), ...(categories ? { categories } : {}) };
}

/** Published, and no longer ago than a day. */
function isNews({ status, publishedAt, embargoUntil }: PlannedArticle): boolean {
  return status === 'PUBLISHED' && Math.max(publishedAt ?? 0, embargoUntil ?? 0) >= NOW - 24 * HOUR;
}
