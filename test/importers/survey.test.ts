import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  type KnowledgeState,
  type OnProblem,
  openSource,
  readWxr,
  SiteKnowledge,
  type SkimmedPost,
  surveyWxr,
  type WxrProblem,
  type WxrRecord,
} from '../../src/importers/wordpress';
import { cdata, HEAD, itemXml, stream, TAIL } from './wxr-support';

const FOLDER = join(__dirname, '../../../shared/data/wxr');
const files = existsSync(FOLDER) ? describe : describe.skip;

const AUTHOR =
  '<wp:author><wp:author_id>1</wp:author_id><wp:author_login>desk</wp:author_login></wp:author>\n';

interface Learned {
  readonly records: WxrRecord[];
  readonly skimmed: number;
  readonly state: KnowledgeState | null;
}

async function learn(reading: AsyncIterable<WxrRecord | SkimmedPost>): Promise<Learned> {
  const records: WxrRecord[] = [];
  let skimmed = 0;
  let knowledge: SiteKnowledge | null = null;
  for await (const record of reading) {
    if (record.type === 'site') knowledge = new SiteKnowledge(record);
    knowledge?.learn(record);
    if (record.type === 'post') skimmed += 1;
    else if (record.type !== 'item' || record.postType !== 'post') records.push(record);
  }
  return { records, skimmed, state: knowledge?.state() ?? null };
}

const comment = (local: string, gmt: string) =>
  `<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_date>${cdata(local)}</wp:comment_date>
  <wp:comment_date_gmt>${cdata(gmt)}</wp:comment_date_gmt></wp:comment>`;
const dated = (local: string, gmt: string) =>
  `<wp:post_date>${cdata(local)}</wp:post_date>\n\t\t<wp:post_date_gmt>${cdata(gmt)}</wp:post_date_gmt>`;

/** Of an item: what may mislead somebody who only looks through it. */
const field = fc.oneof(
  fc.constantFrom(
    dated('2024-06-05 14:30:00', '2024-06-05 10:00:00'),
    dated('2024-07-05 14:30:00', '2024-07-05 09:30:00'),
    dated('2024-08-05 14:30:00', '0000-00-00 00:00:00'),
    comment('2025-01-05 12:00:00', '2025-01-05 07:30:00'),
    `<content:encoded>${cdata('<p>One</p> [gallery ids="3,4"]')}</content:encoded>`,
    `<content:encoded>${cdata('</item><item><wp:post_type>attachment</wp:post_type>')}</content:encoded>`,
    `<content:encoded>${cdata(`<wp:comment> ${dated('2023-01-01 05:00:00', '2023-01-01 00:00:00')}`)}</content:encoded>`,
    '<content:encoded>&lt;p&gt;Two&lt;/p&gt; &bogus; \u0001</content:encoded>',
    '<excerpt:encoded><![CDATA[never closed</excerpt:encoded>',
    `<content:encoded>${cdata('افغانستان و پاکستان')}</content:encoded> کابل`,
    '\r\n\r',
    '<wp:attachment_url>https://news.example/a.jpg</wp:attachment_url>',
  ),
  fc.string({ maxLength: 5 }),
);
const type = fc.constantFrom(
  'post',
  'post',
  'post',
  'page',
  'attachment',
  'guest-author',
  '<![CDATA[post]]>',
);
const item = fc
  .tuple(fc.nat(9), type, fc.array(field, { maxLength: 3 }))
  .map(([id, name, fields]) =>
    itemXml(id, fields.join('\n')).replace('<wp:post_type>post<', `<wp:post_type>${name}<`),
  );
const whole = fc.array(item, { maxLength: 6 }).map((items) => items.join(''));
const broken = fc.tuple(whole, fc.nat()).map(([text, cut]) => text.slice(cut % (text.length + 1)));

test('a survey learns of an export what reading all of it teaches, in pieces of any size', async () => {
  let skimmed = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(whole, broken),
      fc.integer({ min: 40, max: 4_000 }),
      fc.boolean(),
      async (body, size, isCut) => {
        const bytes = Buffer.from(HEAD + AUTHOR + body + (isCut ? AUTHOR : TAIL));
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        const source = () => (isCut ? breakingOff(pieces) : stream(pieces));
        const surveyed = await learn(surveyWxr(source(), () => undefined));
        const read = await learn(readWxr(source(), () => undefined));
        skimmed += surveyed.skimmed;
        expect({ ...surveyed, skimmed: 0 }).toEqual(read);
      },
    ),
    { numRuns: 1_000 },
  );
  expect(skimmed).toBeGreaterThan(300);
});

/** As compressed data does of which the end is missing. */
async function* breakingOff<T>(pieces: readonly T[]): AsyncGenerator<T, void, undefined> {
  yield* pieces;
  throw Object.assign(new Error('unexpected end of file'), { code: 'Z_BUF_ERROR' });
}

const gallery = `<content:encoded>${cdata('[gallery ids="3"]')}</content:encoded>`;

async function surveyed(bytes: Buffer, onProblem: OnProblem = fail): Promise<(WxrRecord | SkimmedPost)[]> {
  const found: (WxrRecord | SkimmedPost)[] = [];
  for await (const record of surveyWxr(stream([bytes]), onProblem)) found.push(record);
  return found;
}

test('posts with galleries are read, others are looked through', async () => {
  const found = await surveyed(Buffer.from(HEAD + AUTHOR + itemXml(1) + itemXml(2, gallery) + TAIL));
  expect(found.map(({ type }) => type)).toEqual(['site', 'author', 'post', 'item']);
});

test('an export in UTF-16 is read whole', async () => {
  const text = HEAD.replace('UTF-8', 'UTF-16') + AUTHOR + itemXml(1) + TAIL;
  const found = await surveyed(Buffer.from(`\uFEFF${text}`, 'utf16le'));
  expect(found.map(({ type }) => type)).toEqual(['site', 'author', 'item']);
});

test('what stands behind a post that was looked through is found in its line and column', async () => {
  const post = itemXml(1, `<content:encoded>${cdata('کابل\nو')}</content:encoded> پشاور`).trim();
  const text = `${HEAD}${AUTHOR}${post}${post.replace('</item>', 'لاهور</item>')} stray ${itemXml(2, gallery)}${TAIL}`;
  const problems: WxrProblem[] = [];
  const found = await surveyed(Buffer.from(text), (problem) => problems.push(problem));
  expect(found.map(({ type }) => type)).toEqual(['site', 'author', 'post', 'post', 'item']);
  const before = text.slice(0, text.indexOf('stray')).split('\n');
  expect(problems).toMatchObject([
    { kind: 'stray-text', line: before.length, column: (before.at(-1) ?? '').length + 1 },
  ]);
});

files('the exports of the shared test data (skipped where they are absent)', () => {
  test.each(existsSync(FOLDER) ? readdirSync(FOLDER) : [])('%s teaches a survey all', async (name) => {
    const open = async () => (await openSource(join(FOLDER, name))).stream;
    const surveyed = await learn(surveyWxr(await open(), () => undefined));
    expect({ ...surveyed, skimmed: 0 }).toEqual(await learn(readWxr(await open(), () => undefined)));
  });
});

function fail(): never {
  throw new Error('This export has no problems');
}
