/** A newsroom with the texts of a collection, on SQLite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ARTICLE_DEFAULTS, insertArticles } from '../../src/articles';
import { parseBody } from '../../src/articles/body';
import { systemActor } from '../../src/core/actor';
import { systemClock } from '../../src/core/clock';
import { migrate, openDatabase } from '../../src/database';
import { ArchiveIndex } from '../../src/relations';
import type { Moment } from '../../src/relations/archive/moment';
import { SearchReads } from '../../src/search';
import { TopicService } from '../../src/topics';
import { instantOf, type Text } from './corpora';

export interface Newsroom {
  /** The key of the article of each text, and the other way round. */
  readonly keys: readonly number[];
  readonly places: ReadonlyMap<number, number>;
  readonly search: SearchReads;
  relations(): Promise<Moment>;
  /** Keys of the topics of the text at a place. */
  topicsOf(place: number): number[];
  close(): Promise<void>;
}

const BATCH = 200;
const NOW = Date.UTC(2026, 0, 1);
const ACTOR = systemActor('eval');

/** The places that texts are tagged with are topics. All are of one date where they have none. */
export async function newsroomOf(texts: readonly Text[]): Promise<Newsroom> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-eval-'));
  const database = openDatabase(join(folder, 'eval.db'), { durability: 'FLUSH' });
  await migrate(database);
  const service = new TopicService(database, systemClock);
  const topics = new Map<string, number>();
  for (const name of new Set(texts.flatMap(({ places }) => places))) {
    const names = [{ language: 'en', name, aliases: [] }];
    topics.set(name, (await service.create(ACTOR, { kind: 'PLACE', names })).id);
  }
  const topicsOf = ({ places }: Text) => [...new Set(places)].flatMap((name) => topics.get(name) ?? []);
  const keys: number[] = [];
  for (let start = 0; start < texts.length; start += BATCH) {
    const batch = texts
      .slice(start, start + BATCH)
      .map((text, at) => contentOf(text, start + at, topicsOf(text)));
    keys.push(...(await database.write((tx) => insertArticles(tx, ACTOR, NOW, batch))));
  }
  const archive = new ArchiveIndex(database);
  return {
    keys,
    places: new Map(keys.map((key, place) => [key, place])),
    search: new SearchReads(database, 'PUBLIC', NOW),
    relations: () => archive.at(NOW),
    topicsOf: (place) => topicsOf(texts[place] ?? NO_TEXT),
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const NO_TEXT: Text = { title: '', body: '', language: 'en', topics: [], places: [] };

function contentOf(text: Text, place: number, topics: readonly number[]) {
  const at = instantOf(text) ?? NOW;
  const { title, body, language } = text;
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      ...{ status: 'PUBLISHED' as const, slug: `text-${place}`, path: `/text-${place}`, title, language },
      ...{ publishedAt: at, createdAt: at, updatedAt: at },
    },
    body: parseBody(`<p>${body.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`),
    authorIds: [],
    categoryIds: [],
    topics: topics.map((topicId) => ({ topicId, salience: 0.5, mentions: 0, source: 'IMPORT' as const })),
  };
}
