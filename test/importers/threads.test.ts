import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretBox } from '../../src/core/sealed';
import type { ArticleRecord } from '../../src/importers/import-source';
import { articles, survey } from '../../src/importers/wxr-jobs';
import { startChild } from '../support/child';
import { tempDirectory } from '../support/temp-directory';
import { itemXml, wxr } from './wxr-support';

describe('a stream from another thread', () => {
  let results: Record<string, unknown>;

  beforeAll(async () => {
    const child = startChild('importers/children/threads.ts');
    results = JSON.parse(await child.line());
    await child.ended();
  }, 60_000);

  test('has everything, in order', () => {
    expect(results.whole).toEqual({ numbers: Array.from({ length: 50 }, (_, index) => index + 1) });
  });

  test('is only a few messages ahead of whoever takes them, and stops when nobody does', () => {
    expect(results.ahead).toBeGreaterThan(1);
    // Forty, and what is on its way.
    expect(results.ahead).toBeLessThan(50);
    expect(results.stopped).toBe(results.ahead);
  });

  test('fails as the thread does, after what it has sent', () => {
    expect(results.thrown).toEqual({ numbers: [1, 2, 3], message: 'it went wrong', code: 'EWRONG' });
  });

  test('gives way to whoever takes from it, where threads have a priority of their own', () => {
    const { numbers, own } = results.niceness as { numbers: number[]; own: number };
    expect(numbers).toEqual([process.platform === 'linux' ? Math.max(own, 10) : own]);
  });

  test('fails when the thread dies or cannot start', () => {
    expect(results.died).toMatchObject({ message: 'A thread of the import has died' });
    expect(results.missing).toMatchObject({ numbers: [], message: expect.stringContaining('no-such-file') });
  });
});

describe('the parts of an export', () => {
  const COUNT = 333;
  let path: string;

  beforeAll(() => {
    path = join(tempDirectory(), 'export.xml');
    const items = Array.from({ length: COUNT }, (_, index) => {
      const item = itemXml(index + 1);
      // Now and then something that is no article, and one that is not carried over.
      if (index % 10 === 3) return item.replace('<wp:post_type>post<', '<wp:post_type>attachment<');
      return index % 10 === 7 ? item.replace('<wp:post_type>post<', '<wp:post_type>nav_menu_item<') : item;
    });
    writeFileSync(path, wxr(items.join('')));
  });

  async function read(parts: number): Promise<ArticleRecord[]> {
    let knowledge = null;
    for await (const part of survey({ kind: 'survey', path, postTypes: [] })) ({ knowledge } = part);
    if (!knowledge) throw new Error('The survey has to end with what is known');
    const known = knowledge;
    const { keys } = new SecretBox('a secret of at least thirty-two characters');
    const streams = Array.from({ length: parts }, (_, part) =>
      articles({ kind: 'articles', path, knowledge: known, keys, part, parts }),
    );
    const records: ArticleRecord[] = [];
    for (let turn = 0; ; turn++) {
      const next = await streams[turn % parts]?.next();
      if (!next || next.done) return records;
      records.push(...next.value.records);
    }
  }

  test.each([2, 3, 4, 7])('are in the order of the file when %i threads take them in turn', async (parts) => {
    const records = await read(parts);
    expect(records).toEqual(await read(1));
    expect(records.length).toBe(COUNT - Math.floor((COUNT - 4) / 10) - 1);
  });
});
