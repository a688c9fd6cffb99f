import { setTimeout as delay } from 'node:timers/promises';
import { insertMissing } from '../../src/database';
import { describeEachEngine } from '../support/engines';

const author = (slug: string) => ({ slug, name: slug, sortName: slug });

describeEachEngine('insertMissing', (store) => {
  test('inserts what nobody has, once each, and finds the rest', async () => {
    const db = await store.open();
    const { authors } = db.tables;
    await db.write((tx) => insertMissing(tx, authors, 'slug', [author('a')]));
    const found = await db.write((tx) =>
      insertMissing(tx, authors, 'slug', ['b', 'a', 'b', 'c\0'].map(author)),
    );
    const rows = await db.select().from(authors);
    expect(rows.map(({ slug }) => slug).sort()).toEqual(['a', 'b', 'c\ufffd']);
    expect(found.get('b')?.isNew).toBe(true);
    // Found by the name that was given, although no database holds that.
    expect(found.get('c\0')).toEqual({ id: rows.find(({ slug }) => slug.startsWith('c'))?.id, isNew: true });
    expect(found.get('a')).toEqual({ id: rows.find(({ slug }) => slug === 'a')?.id, isNew: false });
    expect(await db.write((tx) => insertMissing(tx, authors, 'slug', []))).toEqual(new Map());
  });

  test('of two transactions that insert the same at once the second finds the rows of the first', async () => {
    const first = await store.open();
    const second = await store.openAnother();
    const { authors } = first.tables;
    let inserted: () => void = () => undefined;
    const hasInserted = new Promise<void>((resolve) => {
      inserted = resolve;
    });
    const slow = first.write(async (tx) => {
      const found = await insertMissing(tx, authors, 'slug', [author('a'), author('b')]);
      inserted();
      // Long enough for the other to come upon the rows that are not committed yet.
      await delay(500);
      return found;
    });
    await hasInserted;
    const waiting = second.write((tx) => insertMissing(tx, authors, 'slug', [author('b'), author('c')]));
    const [one, two] = await Promise.all([slow, waiting]);
    expect(one.get('b')?.isNew).toBe(true);
    expect(two.get('b')).toEqual({ id: one.get('b')?.id, isNew: false });
    expect(two.get('c')?.isNew).toBe(true);
    expect(await first.select().from(authors)).toHaveLength(3);
  });
});
