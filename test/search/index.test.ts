/** The index against the articles: made anew, compared, brought along by imports. */
import { sql } from 'drizzle-orm';
import { headOfLog, readChanges } from '../../src/changes';
import type { Database } from '../../src/database';
import { checkIndex, isSound, rebuildIndex } from '../../src/indexing';
import { indexUpkeep } from '../../src/search';
import { NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { addAuthor, addTopic, publish, Searcher } from './support';

describeEachEngine('the index of the search', (store) => {
  let db: Database;
  let searcher: Searcher;
  let ids: number[];

  beforeAll(async () => {
    db = await store.open();
    searcher = new Searcher(db);
    const topic = await addTopic(db, 'kabul', [{ language: 'fa', name: 'کابل', aliases: ['کابل‌شهر'] }]);
    const author = await addAuthor(db, 'author', "Nadia O'Brien");
    const long = Array.from({ length: 17_000 }, (_, at) => `word${at % 3_000} the`).join(' ');
    ids = await publish(db, [
      { title: 'Short', text: 'a river in flood', topicIds: [topic], authorIds: [author] },
      { title: 'Long', text: `${long} the end here` },
      { title: 'Huge', text: Array.from({ length: 30_000 }, (_, at) => `ⲁⲃⲅⲇ${at}ⲉⲍⲏⲑⲓⲕⲗⲙⲛⲝⲟⲡ`).join(' ') },
      { title: 'می‌شود', text: '', status: 'DRAFT', publishedAt: null },
    ]);
  }, 60_000);

  const rebuild = () => rebuildIndex({ write: (step) => db.write(step) });
  const corrupt = (statement: ReturnType<typeof sql>) => db.write((tx) => tx.execute(statement));

  test('says what the articles say, however long they are', async () => {
    expect(await checkIndex(db)).toEqual({
      ...{ articles: 4, missing: 0, stale: 0, surplus: 0, renamed: 0, damage: null },
    });
    // Beyond the places there are no phrases, but words; and so far there are.
    expect(await searcher.titles('"word1 the word2"')).toEqual(['Long']);
    expect(await searcher.titles('"end here"')).toEqual([]);
    expect(await searcher.titles('here end')).toEqual(['Long']);
    expect(await searcher.titles('کابل brien')).toEqual(['Short']);
  });

  test('is told apart from one that does not, and made anew', async () => {
    const number = db.engine === 'postgres' ? sql`number` : sql`rowid`;
    const documentOf = (id: number | undefined) =>
      sql`(select number from search_documents where article_id = ${id})`;
    await corrupt(sql`update articles set title = 'Otherwise' where id = ${ids[0]}`);
    await corrupt(sql`delete from search_index where ${number} = ${documentOf(ids[1])}`);
    await corrupt(sql`delete from search_documents where article_id = ${ids[2]}`);
    await corrupt(sql`delete from search_names where kind = 'topic'`);
    const report = await checkIndex(db);
    expect(report).toMatchObject({ articles: 4, missing: 1, stale: 2, surplus: 1, renamed: 1, damage: null });
    expect(isSound(report)).toBe(false);
    await corrupt(
      sql`delete from search_index where not exists (select 1 from search_documents as d where d.number = search_index.${number})`,
    );
    expect(await rebuild()).toEqual({ done: 4, total: 4 });
    expect(isSound(await checkIndex(db))).toBe(true);
    expect(await searcher.titles('otherwise')).toEqual(['Otherwise']);
  });

  test('counts words as they are when it is made anew', async () => {
    const counted = () =>
      db.rows(
        sql`select word, term, documents from search_words where word in ('the', '#documents', 'flood') order by word`,
      );
    await rebuild();
    const once = await counted();
    expect(once).toEqual([
      { word: '#documents', term: '#documents', documents: 4 },
      { word: 'flood', term: 'flood', documents: 1 },
      { word: 'the', term: 'the', documents: 1 },
    ]);
    await rebuild();
    expect(await counted()).toEqual(once);
  });

  test('is made anew by a server where another version has made it', async () => {
    const job = indexUpkeep(db);
    await rebuild();
    expect(await job.due(null, NOW)).toBeNull();
    await corrupt(sql`update search_words set documents = 0 where word = '#version'`);
    expect(await job.due(NOW, NOW)).toBe(NOW);
    const aborted = new AbortController();
    aborted.abort();
    await job.run({ now: NOW, signal: aborted.signal, write: (work) => db.write(work) });
    expect(await job.due(NOW, NOW)).toBe(NOW);
    const head = await headOfLog(db);
    await job.run({ now: NOW, signal: new AbortController().signal, write: (work) => db.write(work) });
    expect(await job.due(NOW, NOW)).toBeNull();
    expect(isSound(await checkIndex(db))).toBe(true);
    // Whoever keeps answers about any article or topic hears of it.
    expect(await readChanges(db, head, 10)).toMatchObject([{ entity: 'TOPIC', entityId: 0 }]);
  });
});
