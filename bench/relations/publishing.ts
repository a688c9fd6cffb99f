/** What it takes to publish an article beside a server that is asked for relations, and which part of that is whose. */
import { eq } from 'drizzle-orm';
import { ArticleService } from '../../src/articles';
import { systemActor } from '../../src/core/actor';
import { systemClock } from '../../src/core/clock';
import type { Database, Tx } from '../../src/database';
import { NO_GAZETTEER } from '../../src/gazetteer';
import { TextAnalysis } from '../../src/indexing';
import { noteCopies } from '../../src/indexing/copies';
import { indexArticles } from '../../src/indexing/index-changes';
import { Tagger } from '../../src/tagging';
import { Random } from '../generator/random';
import { LAST } from '../search/invented-article';
import { prose } from '../search/language';

const EDITOR = systemActor('bench');
const ARTICLES = 100;

export interface Timed {
  /** Milliseconds by the clock, rising. */
  readonly times: readonly number[];
  /** Milliseconds of processor time for each, on average. */
  readonly cpu: number;
}

/** @param asked is called after each, timed as well */
export async function publishing(
  database: Database,
  topics: readonly string[],
  asked: () => Promise<unknown>,
): Promise<Readonly<Record<'create' | 'publish' | 'ask', Timed>>> {
  const service = new ArticleService(database, systemClock, new Tagger(NO_GAZETTEER));
  const random = new Random(1);
  const [creating, published, asking] = [new Watch(), new Watch(), new Watch()];
  for (let index = 0; index < ARTICLES; index++) {
    const html = `<p>${prose(random, 'en', 400)}</p>`;
    const article = { title: prose(random, 'en', 8), language: 'en', html, topics: topics.slice(0, 8) };
    const draft = await creating.time(() => service.create(EDITOR, article));
    const { id, revision } = await published.time(() =>
      // On the day of the newest article, as it mostly is.
      service.publish(EDITOR, draft, { at: LAST - 1 }),
    );
    await asking.time(asked);
    await service.withdraw(EDITOR, { id, revision }, 'It was only measured');
  }
  return { create: creating.done(), publish: published.done(), ask: asking.done() };
}

/** Parts of it by themselves, of articles that are there, in transactions that are taken back. */
export async function parts(database: Database): Promise<Readonly<Record<string, Timed>>> {
  const [index, copies, least] = [new Watch(), new Watch(), new Watch()];
  const { articleSignatures: s, topics: t } = database.tables;
  const signed = await database.select().from(s).limit(ARTICLES);
  for (const { articleId, signature } of signed) {
    await takenBack(database, (tx) => index.time(() => indexArticles(tx, [articleId], 'RETOLD')));
    await takenBack(database, (tx) =>
      copies.time(() => noteCopies(tx, [{ articleId, signature }], 'RECOUNTED')),
    );
  }
  const [topic] = await database.select({ id: t.id, coverage: t.coverage }).from(t).limit(1);
  for (let each = 0; topic && each < ARTICLES; each++) {
    await least.time(() =>
      database.write(async (tx) => void (await tx.update(t).set(topic).where(eq(t.id, topic.id)))),
    );
  }
  const random = new Random(2);
  const analysis = new Watch();
  for (let each = 0; each < ARTICLES; each++) {
    const text = { title: prose(random, 'en', 8), standfirst: null, text: prose(random, 'en', 400) };
    await analysis.time(async () => new TextAnalysis().of(text));
  }
  return {
    'the search index of it, with the analysis of its text': index.done(),
    'copies, where all is found anew': copies.done(),
    'the analysis of 400 words': analysis.done(),
    'for comparison, a transaction of one row': least.done(),
  };
}

class TakenBack extends Error {}

async function takenBack(database: Database, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  await database
    .write(async (tx) => {
      await work(tx);
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
}

class Watch {
  private readonly times: number[] = [];
  private used = 0;

  async time<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const before = process.cpuUsage();
    const done = await work();
    const { user, system } = process.cpuUsage(before);
    this.times.push(performance.now() - began);
    this.used += (user + system) / 1_000;
    return done;
  }

  done(): Timed {
    return { times: this.times.sort((a, b) => a - b), cpu: this.used / this.times.length };
  }
}
