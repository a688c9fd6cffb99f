import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { saveImages } from '../../src/images';
import { exportNewsroom, importFormat, importNewsroom, type LinesFrom } from '../../src/importers';
import { secretName } from '../../src/importers/json-lines/written';
import { sampleNewsroom } from '../../src/sample';
import { ARCHIVIST, archivePlans, at, NOW, storeArchive } from '../support/archive';
import { describeEachEngine, tempDirectory } from '../support/engines';
import {
  ADDRESSES,
  addComments,
  BOX,
  clock,
  copied,
  EMPTY_PLAN,
  expectEmpty,
  expectSameNewsroom,
  exported,
  giveAuthor,
  imported,
  keysOf,
  linesOf,
  liveIn,
  manyArticles,
  NO_IMAGE,
  sampleIn,
} from './json-lines-support';

describeEachEngine('an export as JSON Lines', (store) => {
  describe('of the sample newsroom', () => {
    test('answers every operation alike after its import into the other engine, and is exported alike', async () => {
      const source = await sampleIn(store);
      await expectSameNewsroom(source, await copied(source, store), store);
    }, 120_000);

    test('holds no e-mail address, no IP address and nothing made of them', async () => {
      const source = await sampleIn(store);
      await addComments(source, await keysOf(source, 'articles'));
      const text = (await exported(source)).toLowerCase();
      const kept = await source.select().from(source.tables.commentPrivate);
      const addresses = [...ADDRESSES, ...sampleNewsroom.comments.flatMap(({ email }) => email ?? [])];
      const derived = kept.flatMap((row) => [row.emailSealed, row.emailHash, row.ipHash]);
      const secrets = [...addresses, ...derived].filter((secret) => secret !== null);
      expect(secrets.length).toBeGreaterThan(20);
      expect(secrets.filter((secret) => text.includes(secret.toLowerCase()))).toEqual([]);
      expect(text).toContain('"secret":null');

      const withPrivate = (await exported(source, BOX)).toLowerCase();
      expect(addresses.filter((address) => withPrivate.includes(address.toLowerCase()))).toEqual([]);
    });

    test('says how many lines of each type there are, first and last', async () => {
      const source = await sampleIn(store);
      const progress: unknown[] = [];
      const lines: string[] = [];
      const write = async (line: string) => void lines.push(line);
      const { counts } = await exportNewsroom({
        database: source,
        write,
        onProgress: (each) => progress.push(each),
      });
      expect(counts).toMatchObject({
        article: sampleNewsroom.articles.length,
        comment: sampleNewsroom.comments.length,
        topic: sampleNewsroom.topics.length,
      });
      expect(JSON.parse(at(lines, 0))).toMatchObject({ type: 'dateline-export', version: 3, totals: counts });
      expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ type: 'end', counts });
      expect(progress.at(-1)).toEqual({ counts, totals: counts });
    });
  });

  test('of any archive answers every operation alike after its import into the other engine', async () => {
    await fc.assert(
      fc.asyncProperty(archivePlans({ min: 20, max: 60 }), async (plan) => {
        const source = await store.open();
        const archive = await storeArchive(source, plan);
        await liveIn(source, archive);
        await expectSameNewsroom(source, await copied(source, store), store);
      }),
      { numRuns: 4 },
    );
  }, 180_000);

  test('brings parents before their children, whichever of them has the lower key', async () => {
    const source = await store.open();
    const archive = await storeArchive(source, {
      ...EMPTY_PLAN,
      topics: [null, null, null],
      categories: [null, null],
    });
    const [t0, t1, t2] = archive.keys.topic;
    const [c0, c1] = archive.keys.category;
    await source.write(async (tx) => {
      await tx.execute(sql`update topics set parent_id = ${t2} where id = ${t0}`);
      await tx.execute(sql`update topics set parent_id = ${t1} where id = ${t2}`);
      await tx.execute(sql`update categories set parent_id = ${c1} where id = ${c0}`);
    });
    const lines = (await exported(source)).trim().split('\n');
    const ids = lines.map((line): unknown => JSON.parse(line).id);
    const places = [t1, t2, t0].map((key) => ids.indexOf(globalId('Topic', key ?? 0)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(await exported(await copied(source, store))).toBe(await exported(source));
  });

  test('shows one instant, whatever happens while it is written', async () => {
    const source = await sampleIn(store);
    const before = await exported(source);
    const articles = await keysOf(source, 'articles');
    let happened = 0;
    const lines: string[] = [];
    await exportNewsroom({
      database: source,
      write: async (line) => {
        lines.push(line);
        // One thing of each kind, before, while and after the lines of its type are written.
        if (!/"type":"(dateline-export|topic|article|comment)"/.test(line) || lines.length % 9 > 1) return;
        happened += 1;
        await giveAuthor(source, articles.at(-1) ?? 0, `late-${happened}`);
        await addComments(source, articles.slice(-1));
        await source.write((tx) => tx.execute(sql`delete from articles where id = ${articles[happened]}`));
      },
    });
    expect(happened).toBeGreaterThan(10);
    expect(lines.join('')).toBe(before);
    const after = await exported(source);
    expect(after).toContain('"slug":"late-1"');
    expect(await exported(await copied(source, store))).toBe(after);
  });

  test('streams: what is in memory at once stays small, and a slow reader is waited for', async () => {
    const source = await store.open();
    await manyArticles(source, 20_000);
    const seen = { bytes: 0, largest: 0, chunks: 0 };
    const sink = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _encoding, done) => {
        seen.bytes += chunk.length;
        seen.largest = Math.max(seen.largest, chunk.length);
        seen.chunks += 1;
        setImmediate(done);
      },
    });
    const { counts } = await exportNewsroom({ database: source, write: sink });
    expect(counts.article).toBe(20_000);
    expect(sink.writableEnded).toBe(false);
    expect(seen.bytes).toBeGreaterThan(20_000 * 900);
    expect(seen.largest).toBeLessThan(1_000_000);
  }, 120_000);

  test('ends with the error of a reader that goes away', async () => {
    const source = await sampleIn(store);
    const sink = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    await expect(exportNewsroom({ database: source, write: sink })).rejects.toThrow('EPIPE');
  });
});

describeEachEngine('an import of JSON Lines', (store) => {
  test('reads a file, compressed or not, a stream and lines', async () => {
    const text = await exported(await sampleIn(store));
    const plain = join(tempDirectory(), 'export.jsonl');
    const packed = `${plain}.gz`;
    writeFileSync(plain, text.replaceAll('\n', '\r\n'));
    writeFileSync(packed, gzipSync(text));
    const froms: LinesFrom[] = [plain, packed, createReadStream(packed), linesOf(text)];
    for (const from of froms) {
      const target = await store.open();
      await importNewsroom({ database: target, clock, lines: from });
      expect(await exported(target)).toBe(text);
    }
  });

  test('tells how far it is', async () => {
    const file = join(tempDirectory(), 'export.jsonl');
    writeFileSync(file, await exported(await sampleIn(store)));
    const told: {
      counts: { article: number };
      totals: unknown;
      bytesRead: number;
      bytesTotal: number | null;
    }[] = [];
    const { counts } = await importNewsroom({
      database: await store.open(),
      clock,
      lines: file,
      onProgress: (progress) => told.push(progress),
    });
    expect(told.length).toBeGreaterThan(3);
    expect(told.at(-1)).toMatchObject({ counts, totals: counts });
    expect(told.at(-1)?.bytesRead).toBe(told.at(-1)?.bytesTotal);
  });

  test('gives new rows keys that nothing ever had', async () => {
    const source = await sampleIn(store);
    const gone = (await keysOf(source, 'articles')).at(-1) ?? 0;
    await source.write(async (tx) => tx.execute(sql`delete from articles where id = ${gone}`));
    const target = await copied(source, store);
    for (const table of ['authors', 'categories', 'topics', 'comments', 'images'] as const) {
      expect(await keysOf(target, table)).toEqual(await keysOf(source, table));
    }
    expect(await manyArticles(target, 1)).toBe(gone + 1);
    await addComments(target, (await keysOf(target, 'articles')).slice(0, 1));
    await target.write((tx) =>
      saveImages(tx, ARCHIVIST, NOW, [{ ...NO_IMAGE, url: 'https://images.example/new.jpg' }]),
    );
  });

  test('lets no script in, whoever has been at the file', async () => {
    const script = '<script>alert(1)</script><img src=x onerror="alert(1)">';
    const text = (await exported(await sampleIn(store)))
      .split('\n')
      .map((line) =>
        /"type":"(article|comment)"/.test(line) ? tampered(line, { html: `${script}<p>Text.</p>` }) : line,
      )
      .join('\n');
    const target = await store.open();
    await imported(target, text);
    const bodies = await target.rows<{ html: string; blocks: string }>(
      sql`select html, cast(blocks as text) as blocks from article_bodies union all select html, '' from comments`,
    );
    expect(bodies.length).toBeGreaterThan(20);
    expect(bodies.filter(({ html, blocks }) => /script|onerror/.test(html + blocks))).toEqual([]);
  });

  describe('refuses, by name and leaving nothing,', () => {
    const cases: [name: string, change: (lines: string[]) => string[], message: RegExp][] = [
      ['an empty file', () => [], /^Line 1: The file is empty/],
      [
        'a file that is something else',
        () => ['<?xml version="1.0"?>'],
        /^Line 1: This is no export of Dateline/,
      ],
      ['JSON that is something else', () => ['{"type":"article"}'], /^Line 1: This is no export of Dateline/],
      ['a file without its first line', (lines) => lines.slice(1), /^Line 1: This is no export of Dateline/],
      ['another version', change(0, { version: 1 }), /^Line 1, field "version": The export has version 1/],
      [
        'a file that ends between two lines',
        (lines) => lines.slice(0, 40),
        /^Line 40: The file is cut off after it/,
      ],
      [
        'a file that ends within a line',
        (lines) => [...lines.slice(0, 40), at(lines, 40).slice(0, 100)],
        /^Line 41: This is not JSON: .* cut off here/,
      ],
      [
        'a file that has lost a line',
        (lines) =>
          lines.toSpliced(
            lines.findLastIndex((line) => line.startsWith('{"type":"comment"')),
            1,
          ),
        /field "counts.comment": The export had \d+ lines of type comment, and the file has \d+/,
      ],
      [
        'something after the end',
        (lines) => [...lines, at(lines, 1)],
        /There is something after the last line/,
      ],
      [
        'broken JSON in the middle',
        (lines) => lines.map((line, index) => (index === 30 ? `${line.slice(1)}` : line)),
        /^Line 31: This is not JSON/,
      ],
      ['an unknown type', change(20, { type: 'podcast' }), /^Line 21, field "type": "podcast" is not a type/],
      ['an unknown field', change(1, { price: 3 }), /^Line 2: .*price/],
      ['a missing field', change(1, { url: undefined }), /^Line 2, field "url"/],
      ['a date that is none', changeArticle({ createdAt: '2026-02-30' }), /field "createdAt": An instant/],
      ['a state that does not exist', changeArticle({ status: 'LOST' }), /field "status"/],
      [
        'an id of another type',
        changeArticle({ id: globalId('Comment', 1) }),
        /field "id": This is not the id of an Article/,
      ],
      [
        'an address that would run a program',
        changeArticle({ canonicalUrl: 'java\tscript:alert(1)' }),
        /field "canonicalUrl": This address would run/,
      ],
      [
        'a reference to nothing',
        changeArticle({ authors: [globalId('Author', 4_711)] }),
        /field "authors\[0\]": No line before it has this author/,
      ],
      [
        'a topic that is there twice',
        changeArticle({ topics: [mark(1), mark(1)] }),
        /field "topics": The list has the same one twice/,
      ],
      ['a salience beyond 1', changeArticle({ topics: [mark(2)] }), /field "topics\[0\].salience"/],
      [
        'an id that comes twice',
        (lines) => lines.flatMap((line, index) => (index === 1 ? [line, line] : [line])),
        /^Line 3, field "id": A line before it has an image with this id/,
      ],
      [
        'a key of an import that comes twice',
        (lines) => withMore(lines, 'importKey', [IMPORT_KEY, IMPORT_KEY]),
        /It, or one of the 1 lines after it, repeats another/,
      ],
      [
        'entries of the change log in the wrong order',
        (lines) => {
          const first = lines.findIndex((line) => line.startsWith('{"type":"change"'));
          return lines.toSpliced(first, 2, at(lines, first + 1), at(lines, first));
        },
        /field "seq": A line before it has this number or a higher one/,
      ],
      [
        'a change log that goes on behind its end',
        change(0, { lastChange: 1 }),
        /field "seq": The first line says that the log ends before it/,
      ],
      [
        'private values without the secret that they are sealed under',
        (lines) => withMore(lines, 'commentPrivate', [privateLineOf(lines)]),
        /The first line names no secret that this could be sealed under/,
      ],
      [
        'private values of a comment that is not there',
        (lines) =>
          withMore(change(0, { secret: secretName(BOX) })(lines), 'commentPrivate', [
            tampered(privateLineOf(lines), { comment: globalId('Comment', 4_711) }),
          ]),
        /field "comment": No line before it has this comment/,
      ],
      ['a number that PostgreSQL could not hold', changeFirst('image', { width: 2 ** 31 }), /field "width"/],
      [
        'a slug that comes twice',
        changeArticle({ slug: 'taken' }, 2),
        /field "slug": A line before it has the same slug/,
      ],
      [
        'a former slug of something that has none',
        (lines) =>
          lines.toSpliced(
            -1,
            0,
            JSON.stringify({ type: 'formerSlug', slug: 'old', of: globalId('Comment', 1) }),
          ),
        /field "of": This is the id of nothing that has had other slugs/,
      ],
      [
        'a former slug that comes twice',
        (lines) => {
          const line = JSON.stringify({ type: 'formerSlug', slug: 'old', of: globalId('Topic', 1) });
          return withMore(lines, 'formerSlug', [line, line]);
        },
        /field "slug": A line before it has the same slug/,
      ],
      [
        'two articles of a group in one language',
        changeArticle({ language: 'en', translationGroup: globalId('Article', 1) }, 2),
        /field "language": Its group/,
      ],
      [
        'a reply to a comment on another article',
        (lines) => {
          const [first, second] = lines.filter((line) => line.startsWith('{"type":"comment"'));
          const foreign = lines.findLast(
            (line) => line.startsWith('{"type":"comment"') && articleOf(line) !== articleOf(second ?? ''),
          );
          const id: unknown = JSON.parse(first ?? '{}').id;
          return lines.map((line) => (line === foreign ? tampered(line, { parent: id }) : line));
        },
        /field "parent": It answers a comment on another article/,
      ],
    ];

    let lines: string[];
    let target: Database;
    beforeAll(async () => {
      lines = (await exported(await sampleIn(store))).trim().split('\n');
      target = await store.open();
    });

    test.each(cases)('%s', async (_, change, message) => {
      const text = change(lines).join('\n');
      await expect(imported(target, text)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(message),
        details: { line: expect.any(Number) },
      });
      await expectEmpty(target);
    });

    test('so that the whole file is taken after all of these', async () => {
      await imported(target, lines.join('\n'));
      expect(await exported(target)).toBe(`${lines.join('\n')}\n`);
    });

    test('bytes that are no text, and compressed files that are cut off or damaged', async () => {
      const target = await store.open();
      const bytes = Buffer.from(lines.join('\n'));
      const packed = gzipSync(bytes);
      const damaged = Buffer.from(packed);
      // The check sum, so that everything before it can be read.
      damaged.fill(0, packed.length - 8, packed.length - 4);
      const broken = Buffer.from(bytes);
      broken[broken.length - 200] = 0xff;
      for (const [content, message] of [
        [broken, /^Line \d+: It is not UTF-8/],
        [packed.subarray(0, packed.length - 500), /The compressed file is cut off here/],
        [damaged, /The compressed file is damaged here/],
      ] as const) {
        const stream = new PassThrough();
        stream.end(content);
        await expect(importNewsroom({ database: target, clock, lines: stream })).rejects.toThrow(message);
        await expectEmpty(target);
      }
    });

    test('a database that has something in it', async () => {
      const target = await sampleIn(store);
      const before = await exported(target);
      await expect(imported(target, lines.join('\n'))).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('name a new one in DATABASE_URL'),
      });
      expect(await exported(target)).toBe(before);
    });

    test('a file that is not there', async () => {
      const target = await store.open();
      const missing = join(tempDirectory(), 'nothing.jsonl');
      await expect(importNewsroom({ database: target, clock, lines: missing })).rejects.toThrow('ENOENT');
    });

    test('one of two imports that start at once', async () => {
      const target = await store.open();
      const another = await store.openAnother();
      const both = await Promise.allSettled(
        [target, another].map((each) => imported(each, lines.join('\n'))),
      );
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'CONFLICT' },
      });
      expect(await exported(target)).toBe(`${lines.join('\n')}\n`);
    });
  });
});

describe('the format of a file to import', () => {
  const json = Buffer.from('\u{feff}{"type":"dateline-export","version":1');
  const xml = Buffer.from('\n<?xml version="1.0" encoding="UTF-8"?><rss>');
  test.each([
    ['json-lines', json],
    ['json-lines', gzipSync(Buffer.concat([json, Buffer.alloc(100_000, '1')])).subarray(0, 60)],
    ['wordpress', xml],
    ['wordpress', gzipSync(xml)],
    ['unknown', Buffer.from('PK\u0003\u0004')],
    ['unknown', Buffer.from([0x1f, 0x8b, 0, 0])],
    ['unknown', Buffer.alloc(0)],
  ])('is told from its first bytes: %s', (format, head) => {
    expect(importFormat(head)).toBe(format);
  });
});

type Change = (lines: string[]) => string[];

/** Other values for fields of the record on a line (from 0). */
function change(index: number, fields: object): Change {
  return (lines) => lines.map((line, place) => (place === index ? tampered(line, fields) : line));
}

/** The same for the first articles. */
function changeArticle(fields: object, count = 1): Change {
  return changeFirst('article', fields, count);
}

function changeFirst(type: string, fields: object, count = 1): Change {
  return (lines) => {
    const first = lines.findIndex((line) => line.startsWith(`{"type":"${type}"`));
    return lines.map((line, place) =>
      place >= first && place < first + count ? tampered(line, fields) : line,
    );
  };
}

const IMPORT_KEY = JSON.stringify({
  type: 'importKey',
  source: 'https://blog.example',
  kind: 'article',
  externalId: '1',
  localId: 1,
  fingerprint: 'f',
  revision: 1,
  state: null,
});

/** With more lines of a type behind all others, and counted by the last one. */
function withMore(lines: readonly string[], type: string, more: readonly string[]): string[] {
  const { counts, ...end } = JSON.parse(lines.at(-1) ?? '{}');
  const last = JSON.stringify({ ...end, counts: { ...counts, [type]: counts[type] + more.length } });
  return [...lines.slice(0, -1), ...more, last];
}

function privateLineOf(lines: readonly string[]): string {
  const comment = lines.find((line) => line.startsWith('{"type":"comment"')) ?? '{}';
  const { id } = JSON.parse(comment);
  return JSON.stringify({
    type: 'commentPrivate',
    comment: id,
    emailSealed: null,
    emailHash: null,
    ipHash: 'x',
  });
}

function tampered(line: string, fields: object): string {
  return JSON.stringify({ ...JSON.parse(line), ...fields });
}

function articleOf(line: string): unknown {
  return JSON.parse(line).article;
}

function mark(salience: number) {
  return { topic: globalId('Topic', 1), salience, mentions: 0, source: 'EDITOR' };
}
