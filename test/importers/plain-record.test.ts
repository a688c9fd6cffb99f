import fc from 'fast-check';
import { PlainRecords } from '../../src/importers/wordpress/plain-record';
import { cdata, items, kinds, read, wxr } from './wxr-support';

/** In a tag: it means nothing, and is reason enough not to take the short way. */
const LONG_WAY = ' ';

/** What stands in records: as WordPress writes it, a little otherwise, and broken. */
const FRAGMENTS = [
  '\n\t\t',
  ' ',
  '<title>Plain</title>',
  `<title>${cdata('Q&amp;A &#8211; <b>')}</title>`,
  '<title>A &amp; B &lt;i&gt; &quot;&apos;</title>',
  '<title>AT&T</title>',
  '<title>&#8211; &nbsp;</title>',
  '<link>https://news.example/?p=1&amp;q=2</link>',
  '<guid isPermaLink="false">x</guid>',
  '<guid isPermaLink=false>x</guid>',
  '<category domain="post_tag" nicename="a-b"><![CDATA[A]]></category>',
  '<category domain="a" domain="b" nicename="c">C</category>',
  '<category domain="category" nicename="a&amp;b">C</category>',
  '<category>RSS</category>',
  '<content:encoded><![CDATA[]]></content:encoded>',
  `<content:encoded>${cdata('a]]>b\nc')}</content:encoded>`,
  '<content:encoded> <![CDATA[a]]>\n</content:encoded>',
  '<content:encoded><![CDATA[a]]> z]]></content:encoded>',
  '<content:encoded><p>not escaped</p></content:encoded>',
  '<content:encoded>&lt;p&gt; ]]> </content:encoded>',
  '<excerpt:encoded><![CDATA[</item>]]></excerpt:encoded>',
  '<dc:creator>amina</dc:creator>',
  '<wp:status>publish</wp:status>',
  '<wp:status >publish</wp:status>',
  '<wp:status/>',
  '<wp:is_sticky>0</wp:is_sticky>',
  '<wp:is_sticky>0',
  '<wp:postmeta>\n<wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[v\n]]></wp:meta_value></wp:postmeta>',
  '<wp:postmeta><wp:meta_key>k</wp:meta_key>',
  '<wp:comment>\n<wp:comment_id>1</wp:comment_id>\n<wp:comment_content><![CDATA[Words]]></wp:comment_content>\n<wp:commentmeta><wp:meta_key>a</wp:meta_key></wp:commentmeta></wp:comment>\n',
  '<wp:comment>text</wp:comment>',
  '<foreign:thing xmlns:foreign="urn:x">y</foreign:thing>',
  '<other>y</other>',
  '<!-- a comment -->',
  'text\u0008 that strays',
  '<title>\u{1f600} \ud83d</title>',
  '<title>\ufffd</title>',
  '</item>',
  '<item>',
  '</wp:postmeta>',
];

const fragments = fc.array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 5 })), {
  maxLength: 12,
});

function exportOf(bodies: readonly (readonly string[])[], mark: string): string {
  return wxr(
    bodies
      .map(
        (body, index) =>
          `\t<item${mark}>\n<wp:post_id>${index + 1}</wp:post_id>${body.join('')}</item>\n<wp:tag${mark}><wp:tag_slug>s</wp:tag_slug></wp:tag>`,
      )
      .join(''),
  );
}

test('the short way and the long way give the same, whatever stands in the records', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fragments, { maxLength: 4 }), async (bodies) => {
      const short = await read(exportOf(bodies, ''));
      const long = await read(exportOf(bodies, LONG_WAY));
      expect(short.records).toEqual(long.records);
      const told = ({ problems }: typeof short) =>
        problems.map(({ line, kind, message }) => [line, kind, message]);
      expect(told(short)).toEqual(told(long));
    }),
    { numRuns: 1_000 },
  );
});

test.each(FRAGMENTS)('the two ways give the same for %j', async (fragment) => {
  const short = await read(exportOf([[fragment]], ''));
  expect(short.records).toEqual((await read(exportOf([[fragment]], LONG_WAY))).records);
});

test('what WordPress writes goes the short way, what is out of the ordinary the long one', () => {
  const records = new PlainRecords((name) => (name.startsWith('x:') ? null : name));
  const plain = (xml: string) => records.read(xml, 0, 1) !== null;
  const post = '<item>\n\t<title><![CDATA[A]]></title>\n\t<guid isPermaLink="false">x</guid>\n</item>';
  expect(plain(post)).toBe(true);
  expect(plain(post.replace('A', 'A\u0008'))).toBe(false);
  expect(plain(post.replace('<guid', '<x:y>z</x:y><guid'))).toBe(false);
  expect(plain(post.replace('<item>', `<item${LONG_WAY}>`))).toBe(false);
});

test('a record that is plain but longer than is allowed is left out', async () => {
  const body = `<item><wp:post_id>1</wp:post_id><title>${'x'.repeat(5_000)}</title></item><item><wp:post_id>2</wp:post_id></item>`;
  const result = await read(wxr(body), { maxRecordLength: 4_000 });
  expect(items(result).map(({ postId }) => postId)).toEqual(['2']);
  expect(kinds(result)).toEqual(['too-large']);
});
