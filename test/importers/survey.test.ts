import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  type KnowledgeState,
  openSource,
  readWxr,
  SiteKnowledge,
  type SkimmedPost,
  surveyWxr,
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
    fc.asyncProperty(fc.oneof(whole, broken), fc.integer({ min: 40, max: 4_000 }), async (body, size) => {
      const text = HEAD + AUTHOR + body + TAIL;
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
        text.slice(index * size, (index + 1) * size),
      );
      const surveyed = await learn(surveyWxr(stream(pieces), () => undefined));
      const read = await learn(readWxr(stream(pieces), () => undefined));
      skimmed += surveyed.skimmed;
      expect({ ...surveyed, skimmed: 0 }).toEqual(read);
    }),
    { numRuns: 1_000 },
  );
  expect(skimmed).toBeGreaterThan(300);
});

test('posts with galleries are read, others are looked through', async () => {
  const body = itemXml(1) + itemXml(2, `<content:encoded>${cdata('[gallery ids="3"]')}</content:encoded>`);
  const found: string[] = [];
  for await (const record of surveyWxr(stream([HEAD + AUTHOR + body + TAIL]), fail)) found.push(record.type);
  expect(found).toEqual(['site', 'author', 'post', 'item']);
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
