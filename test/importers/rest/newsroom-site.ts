import { heldClock } from '../../../src/core/clock';
import { SecretBox } from '../../../src/core/sealed';
import type { Database } from '../../../src/database';
import { type ImportProgress, type ImportReport, importFrom } from '../../../src/importers';
import { type RestOptions, RestSource } from '../../../src/importers/wordpress-rest';
import type { FakeWordPress } from './fake-wordpress';
import type { WordPressContent } from './wordpress-content';

export const box = new SecretBox('a secret of at least thirty-two characters');
export const clock = heldClock(Date.parse('2026-06-01T12:00:00Z'));

/** Waits that a test can afford; as many tries as in earnest. */
export const QUICK = { tries: 4, firstDelay: 1, longestDelay: 4, longestRetryAfter: 5_000 };

export function importSite(
  database: Database,
  site: FakeWordPress,
  options: Partial<RestOptions> = {},
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<ImportReport> {
  const source = new RestSource({
    ...{ address: `${site.address}/wp-json`, database, box, clock, tries: QUICK },
    ...options,
  });
  return importFrom(source, { database, box, clock, onProgress });
}

/** A small newsroom with a bit of everything that the API tells. */
export function fillNewsroom(content: WordPressContent): void {
  content.user(1, 'maria', { name: 'Maria Gul' });
  content.user(2, 'Nazar.Khan', { name: 'Nazar &amp; Sons' });
  content.term(2, 'category', 'crossings', { name: 'Crossings', parent: 3 });
  content.term(3, 'category', 'border', { name: 'Border', description: '<p>The line.</p>' });
  content.term(4, 'post_tag', 'پاکستان', { name: 'پاکستان' });
  content.term(5, 'post_tag', 'q-and-a', { name: 'Q&amp;A' });
  content.term(6, 'region', 'east', { name: 'East' });
  content.term(7, 'nav_menu', 'main');
  content.picture(20, {
    ...{ alt: 'A gate', caption: 'The gate\'s "first" day', credit: 'AFP', width: 1600, height: 900 },
  });
  content.post(101, {
    ...{ title: 'Torkham\'s "long" day -- again', slug: 'torkham', excerpt: 'A gate that opens late.' },
    ...{ content: "<!-- wp:paragraph -->\n<p>The gate didn't open.</p>\n<!-- /wp:paragraph -->" },
    ...{ featured: 20, sticky: true, terms: { category: [2], post_tag: [4, 5], region: [6] } },
  });
  content.post(102, {
    ...{ title: 'گذرگاه', slug: 'گذرگاه', author: 2, commentStatus: 'closed', terms: { category: [3] } },
    ...{ content: 'First line.\n\nSecond line with [contact-form-7 id="5"].', more: { lang: 'fa' } },
  });
  content.post(103, { status: 'draft', title: 'Not yet' });
  content.post(104, { password: 'secret', title: 'Members only', content: '<p>Inside.</p>' });
  content.post(105, { status: 'future', title: 'Tomorrow', date: Date.UTC(2026, 6, 1) });
  content.post(106, { status: 'trash', title: 'Thrown away' });
  content.post(110, { type: 'page', slug: 'about', title: 'About us' });
  content.post(111, { type: 'report', slug: 'floods', title: 'Floods', terms: { region: [6] } });
  content.comment(501, 101, { content: 'That\'s "right".' });
  content.comment(502, 101, { parent: 501, content: 'Is it?' });
  content.comment(503, 101, { status: 'hold' });
  content.comment(504, 101, { type: 'pingback' });
  content.comment(505, 104);
}
