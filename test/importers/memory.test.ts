import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readWxr, SiteKnowledge } from '../../src/importers/wordpress';
import { HEAD, itemXml, TAIL } from './wxr-support';

const ITEMS = 3_000;
const MEGABYTE = 1_000_000;

/** Bytes of the heap that are in use, without what only waits to be thrown away. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** Of every kind that something is remembered of, in texts of 8 kB that are not. */
async function* exported(): AsyncGenerator<string, void, undefined> {
  yield HEAD;
  for (let id = 1; id <= ITEMS; id++) {
    const types = ['page', 'guest-author', 'attachment', 'post'];
    const item = itemXml(
      `${id}-with-a-long-number`,
      `<wp:attachment_url>https://news.example/uploads/picture-number-${id}.jpg</wp:attachment_url>
      <wp:post_parent>${id + 1}-with-a-long-number</wp:post_parent><wp:post_name>a-long-name-${id}</wp:post_name>
      <wp:post_date>2026-05-01 12:00:00</wp:post_date><wp:post_date_gmt>2026-05-01 10:00:00</wp:post_date_gmt>
      <content:encoded>[gallery id="gallery-of-post-${id}"] ${`${id} words `.repeat(1_000)}</content:encoded>`,
    );
    yield item.replace('<wp:post_type>post<', `<wp:post_type>${types[id % types.length]}<`);
    yield `<wp:term><wp:term_taxonomy>language</wp:term_taxonomy><wp:term_slug>fa-${id}-of-a-site</wp:term_slug><wp:term_description>fa_IR</wp:term_description></wp:term>`;
  }
  yield TAIL;
}

test('what is remembered of an export does not keep its texts in memory', async () => {
  const knowledge = new SiteKnowledge({ language: 'en' });
  const before = heapInUse();
  let read = 0;
  for await (const record of readWxr(exported(), (problem) => fail(problem.message))) {
    knowledge.learn(record);
    if (record.type === 'item') read += 1;
  }
  const grown = heapInUse() - before;
  expect(read).toBe(ITEMS);
  expect(knowledge.state().pages.size).toBe(ITEMS / 4);
  expect(grown).toBeLessThan(8 * MEGABYTE);
});

function fail(message: string): never {
  throw new Error(message);
}
