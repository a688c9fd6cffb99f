import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import { loadGazetteer } from '../../src/gazetteer';
import { type ImportReport, importWordPress, type ReportNote } from '../../src/importers';
import { describeEachEngine } from '../support/engines';
import { wholeState } from '../support/whole-state';

const FOLDER = join(__dirname, '../../../shared/data/wxr');
const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
const because = files.length > 0 ? '' : ' (skipped: the shared test data is absent)';
const box = new SecretBox('a secret of at least thirty-two characters');
const clock = heldClock(Date.parse('2026-06-01T12:00:00Z'));
const gazetteer = loadGazetteer(null);

/** They take as long as all others together, and what is in them is understood before a database is asked. */
const ON_SQLITE_ALONE = ['farsnews-fa.wxr.xml.gz', 'cc-labs-blog.xml'];

interface Expected {
  /** What was created, by kind. */
  readonly created: Readonly<Record<string, number>>;
  /** What was skipped, or changed on its way, and how often. */
  readonly reasons?: Readonly<Record<string, number>>;
  /** What a person is told of, with the line of the file; LOST before what did not arrive. */
  readonly notes?: readonly string[];
}

/** Every export, and exactly what becomes of it. */
const EXPORTS: Readonly<Record<string, Expected>> = {
  'authors-multiline.xml': { created: { authors: 3, articles: 1 } },
  'backslashes.xml': { created: { articles: 1 } },
  'blank-lines.xml': { created: { articles: 1 } },
  'cc-labs-blog.xml': {
    created: { authors: 30, categories: 98, topics: 171, comments: 119, articles: 219, pages: 5 },
    reasons: { 'comments: pingback': 62, 'topics: made because texts name them': 15 },
  },
  'cdata-edge.xml': { created: { articles: 1 } },
  'chunked-meta.xml': { created: { articles: 1 } },
  'crazy-cdata-escaped.xml': { created: { authors: 1, articles: 1 } },
  'crazy-cdata.xml': {
    created: { authors: 1, articles: 1 },
    notes: [
      'line 18, column 64: "]]>" within a CDATA section is not escaped; it is kept as text',
      'line 38, column 28: "]]>" within a CDATA section is not escaped; it is kept as text',
      'line 42, column 97: "]]>" within a CDATA section is not escaped; it is kept as text',
    ],
  },
  'farsnews-fa.wxr.xml.gz': {
    created: { topics: 1743, authors: 1, categories: 103, articles: 1491 },
    reasons: {
      'topics: here already, and left as they are': 3,
      'topics: made because texts name them': 113,
      'other: term: another has the same name': 4,
      'language recognised from the text: ar': 1,
    },
    notes: [
      'line 93762: "مهمترين عناوين خبري روزنامه‌هاي عصر امروز ايران": another article has the slug "مهمترين-عناوين-خبري-روزنامه‌هاي-عصر-ا"; this one has "مهمترين-عناوين-خبري-روزنامه‌هاي-عصر-ا-2"',
      'line 95979: "گورباچف: ابر قدرت بودن آمريكا توهم است": another article has the slug "گورباچف-ابر-قدرت-بودن-آمريكا-توهم-است"; this one has "گورباچف-ابر-قدرت-بودن-آمريكا-توهم-است-2"',
      'line 95979: "گورباچف: ابر قدرت بودن آمريكا توهم است": another article has the path "/2006/04/گورباچف-ابر-قدرت-بودن-آمريكا-توهم-است"; this one has "/2006/04/گورباچف-ابر-قدرت-بودن-آمريكا-توهم-است-2"',
    ],
  },
  'invalid-version-tag.xml': {
    created: { authors: 1, categories: 21, topics: 32 },
    notes: ['line 36, column 1: WXR version "abc" is not known; it is read like 1.2'],
  },
  'large-authors.xml': { created: { authors: 300 } },
  'malformed-simple.xml': {
    created: {},
    notes: ['LOST line 14, column 1: the file ends within the <item> of line 9; it is left out'],
  },
  'malformed.xml': {
    created: { authors: 1, categories: 21, topics: 32 },
    notes: [
      'line 27, column 1: <notachanneltag> stands where <channel> belongs; it is read as if it were one',
      'line 36, column 1: WXR version "abc" is not known; it is read like 1.2',
      'line 90, column 1: </channel> ends nothing that was begun; it is passed over',
      'line 91, column 1: <notachanneltag> is not closed; it is taken to end here, because </rss> follows',
    ],
  },
  'missing-tags.xml': { created: { articles: 1 } },
  'missing-version-tag.xml': {
    created: { authors: 1, categories: 21, topics: 32 },
    notes: ['line 35, column 1: <wp:wxr_version> is missing; the file is read like 1.2'],
  },
  'multiple-cdata.xml': { created: { articles: 1 } },
  'namespace-edge-cases.xml': {
    created: { authors: 2, categories: 2, articles: 5 },
    reasons: { 'other: item: it has no post id': 1 },
    notes: ['line 45, column 1: <wp:post_id> stands twice; the first one counts'],
  },
  'ntrex-6-languages.wxr.xml.gz': {
    created: { authors: 1, articles: 738, comments: 1528 },
    reasons: {
      'language recognised from the text: fa': 246,
      'language recognised from the text: ps': 123,
      'language recognised from the text: ur': 123,
      'language recognised from the text: ar': 123,
      'topics: made because texts name them': 61,
    },
    notes: [
      'line 24215: "مقدونی ها در یک همه پرسی برای تغییر نام کشور رای میدهند": another article has the slug "مقدونی-ها-در-یک-همه-پرسی-برای-تغییر-نام"; this one has "مقدونی-ها-در-یک-همه-پرسی-برای-تغییر-نام-2"',
      'line 24215: "مقدونی ها در یک همه پرسی برای تغییر نام کشور رای میدهند": another article has the path "/2018/09/مقدونی-ها-در-یک-همه-پرسی-برای-تغییر-نام"; this one has "/2018/09/مقدونی-ها-در-یک-همه-پرسی-برای-تغییر-نام-2"',
      'line 29375: "مطالعه تاریخ": another article has the slug "مطالعه-تاریخ"; this one has "مطالعه-تاریخ-2"',
      'line 29375: "مطالعه تاریخ": another article has the path "/2018/09/مطالعه-تاریخ"; this one has "/2018/09/مطالعه-تاریخ-2"',
    ],
  },
  'post-content-blank-lines.xml': { created: { authors: 1, articles: 1 } },
  'slashes.xml': { created: { authors: 2, categories: 1, topics: 1, articles: 1, comments: 1 } },
  'small-export.xml': {
    created: { authors: 3, categories: 30, topics: 3, articles: 6, pages: 5, comments: 1 },
  },
  'term-formats.xml': {
    created: { categories: 2, topics: 4 },
    reasons: { 'other: nav_menu: terms of "nav_menu" are WordPress\'s or a plugin\'s own': 1 },
  },
  'term-meta.xml': { created: { categories: 1 } },
  'test-serialized-comment-meta.xml': { created: { authors: 1, categories: 1, articles: 1, comments: 1 } },
  'test-serialized-postmeta-no-cdata.xml': {
    created: { authors: 1, categories: 1, articles: 1 },
    reasons: { 'assumed-time-zone: UTC': 1 },
  },
  'test-serialized-postmeta-with-cdata.xml': {
    created: { authors: 1, categories: 1, articles: 1 },
    reasons: { 'assumed-time-zone: UTC': 1 },
  },
  'test-serialized-term-meta.xml': {
    created: { categories: 1, topics: 2, authors: 1, articles: 1 },
    reasons: { 'assumed-time-zone: UTC': 1 },
  },
  'test-utw-post-meta-import.xml': {
    created: { authors: 1, categories: 1, articles: 1 },
    reasons: { 'assumed-time-zone: UTC': 1 },
  },
  'valid-wxr-1.0.xml': {
    created: { categories: 5, topics: 4, authors: 1, articles: 3, pages: 3, comments: 1 },
    notes: ['line 211: "Child page": another article has the slug "child-post"; this one has "child-post-2"'],
  },
  'valid-wxr-1.1.xml': {
    created: { authors: 1, categories: 1, topics: 2, articles: 1, pages: 1, comments: 1 },
  },
  'wxr-base-url-rewriting.xml': { created: { authors: 1, categories: 1, articles: 1 } },
  'wxr-comprehensive.xml': {
    created: { authors: 2, categories: 2, topics: 2, articles: 1, pages: 1, comments: 1 },
  },
  'wxr-css-urls.xml': { created: { authors: 1, categories: 1, articles: 1 } },
  'wxr-flat-attachment-different-site.xml': { created: { authors: 1, images: 1, articles: 1 } },
  'wxr-flat-attachment-same-site.xml': { created: { authors: 1, images: 1, articles: 1 } },
  'wxr-simple.xml': { created: { authors: 1, categories: 1, articles: 1 } },
  'wxr-utf-8-challenges.xml': { created: { authors: 1, categories: 1, articles: 1 } },
  'wxr-with-sub-data.xml': { created: { topics: 1, authors: 1, categories: 1, articles: 1, comments: 1 } },
};

function outcome(report: ImportReport): Expected {
  const skipped = report.skipped.map(({ kind, reason, count }) => [`${kind}: ${reason}`, count] as const);
  const reasons = [...skipped, ...report.reasons];
  const created = [...report.rows].flatMap(([kind, row]) => (row.created > 0 ? [[kind, row.created]] : []));
  return {
    created: Object.fromEntries(created),
    ...(reasons.length > 0 ? { reasons: Object.fromEntries(reasons) } : {}),
    ...(report.notes.length > 0 ? { notes: report.notes.map(told) } : {}),
  };
}

function told({ line, message, lost }: ReportNote): string {
  const placed = message.startsWith('line ') ? message : `line ${line}: ${message}`;
  return lost ? `LOST ${placed}` : placed;
}

describeEachEngine(`the import of every export${because}`, (store) => {
  const here = files.filter((name) => store.engine === 'sqlite' || !ON_SQLITE_ALONE.includes(name));
  (here.length > 0 ? test.each(here) : test.skip.each(['none']))(
    '%s arrives whole or tells what does not, and a second run changes nothing',
    async (name) => {
      await store.using(async (database) => {
        const run = () => importWordPress({ database, box, clock, gazetteer, path: join(FOLDER, name) });
        const report = await run();
        expect({ name, ...outcome(report) }).toEqual({ name, ...EXPORTS[name] });
        for (const row of report.rows.values()) {
          const { read, created, updated, unchanged, skipped, failed } = row;
          expect(created + updated + unchanged + skipped + failed).toBe(read);
        }
        expect(report.lost).toBe(outcome(report).notes?.some((note) => note.startsWith('LOST')) ?? false);
        const state = await wholeState(database);
        const again = await run();
        expect(again.changed).toBe(false);
        expect(outcome(again)).toEqual({ ...outcome(again), created: {} });
        expect(await wholeState(database)).toEqual(state);
      });
    },
    120_000,
  );
});
