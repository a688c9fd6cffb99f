import { ArticleService } from '../../src/articles';
import { systemActor } from '../../src/core/actor';
import type { Database } from '../../src/database';
import { Tagger } from '../../src/tagging';
import { TopicService, tagArchive } from '../../src/topics';
import { describeEachEngine } from '../support/engines';
import { ask, bring, clock, gazetteer, idOf, lastChange, post, tag } from './import-support';

const EDITOR = systemActor('editor');

describeEachEngine('topics of what an import brings, by its texts', (store) => {
  let database: Database;
  beforeEach(async () => {
    database = await store.open();
  });

  const NEWS = `${tag(1, 'peshawar', 'Peshawar')}${post(1, {
    title: 'Talks in Kabul',
    content: '<p>From Kabul to «پاکستان» and Peshawar.</p>',
    terms: [['post_tag', 'peshawar', 'Peshawar']],
  })}${post(2, { content: '<p>پاکستان</p>' })}`;

  test('are there beside its tags, and become topics where only the gazetteer knows them', async () => {
    const report = await bring(database, NEWS);
    expect(await topicsOf('post-1')).toEqual({
      peshawar: 'IMPORT 1',
      kabul: 'MACHINE 2',
      pakistan: 'MACHINE 1',
    });
    expect(await topicsOf('post-2')).toEqual({ pakistan: 'MACHINE 1' });
    // Pakistan is there as what Peshawar is part of; Afghanistan comes with Kabul.
    expect(report.reasons.get('topics: made because texts name them')).toBe(2);
  });

  test('are the same when it comes again, and nothing is written', async () => {
    await bring(database, NEWS);
    const seq = await lastChange(database);
    const report = await bring(database, NEWS);
    expect(report.rows.get('articles')).toMatchObject({ read: 2, unchanged: 2 });
    expect(await lastChange(database)).toBe(seq);
  });

  test('follow the text over there, but for what an editor has taken away', async () => {
    await bring(database, NEWS);
    const id = await idOf(database, 'post-2');
    await new ArticleService(database, clock).update(EDITOR, { id, revision: 1 }, { topics: [] });
    const changed = NEWS.replace('<p>پاکستان</p>', '<p>پاکستان، کابل</p>');
    await bring(database, changed, { edited: 'THEIRS' });
    expect(await topicsOf('post-2')).toEqual({ kabul: 'MACHINE 1' });
  });

  test('that the archive was tagged anew is no edit of what was imported', async () => {
    await bring(database, NEWS);
    const topics = new TopicService(database, clock);
    const [row] = (await database.select().from(database.tables.topics)).filter(
      ({ slug }) => slug === 'kabul',
    );
    await topics.addAlias(EDITOR, row?.id ?? 0, 'en', 'Talks');
    const tagger = new Tagger(gazetteer);
    expect(await tagArchive({ database, clock, tagger })).toMatchObject({ read: 2, changed: 1 });
    const report = await bring(database, NEWS.replace('From Kabul', 'Now from Kabul'));
    expect(report.rows.get('articles')).toMatchObject({ updated: 1, unchanged: 1, failed: 0 });
  });

  /** Where each topic of an article comes from, and how often it is named. */
  async function topicsOf(slug: string): Promise<Record<string, string>> {
    const query = `query($slug: String!) {
      article(slug: $slug) { topics { topic { slug } source mentions } }
    }`;
    interface Answer {
      article: { topics: { topic: { slug: string }; source: string; mentions: number }[] } | null;
    }
    const { article } = await ask<Answer>(database, query, { slug });
    return Object.fromEntries(
      (article?.topics ?? []).map(({ topic, source, mentions }) => [topic.slug, `${source} ${mentions}`]),
    );
  }
});
