import fc from 'fast-check';
import { readWxr } from '../../src/importers/wordpress';
import { cdata, escapeXml, HEAD, items, itemXml, kinds, read, stream, TAIL, wxr } from './wxr-support';

const FULL = wxr(`<wp:author><wp:author_id>2</wp:author_id><wp:author_login>${cdata('ana')}</wp:author_login>
<wp:author_email>ana@example.org</wp:author_email><wp:author_display_name>${cdata('Ana &amp; Co')}</wp:author_display_name></wp:author>
<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>news</wp:category_nicename><wp:category_parent>all</wp:category_parent><wp:cat_name>${cdata('News')}</wp:cat_name></wp:category>
<wp:tag><wp:term_id>4</wp:term_id><wp:tag_slug>x</wp:tag_slug><wp:tag_name>X</wp:tag_name></wp:tag>
<wp:term><wp:term_id>5</wp:term_id><wp:term_taxonomy>place</wp:term_taxonomy><wp:term_slug>kabul</wp:term_slug><wp:term_name>Kabul</wp:term_name>
<wp:termmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:termmeta></wp:term>
${itemXml(
  9,
  `<category domain="category" nicename="news">${cdata('News')}</category><wp:is_sticky>1</wp:is_sticky><wp:post_parent>0</wp:post_parent>
<wp:postmeta><wp:meta_key>a</wp:meta_key><wp:meta_value>${cdata(' b ')}</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>R</wp:comment_author><wp:comment_parent>8</wp:comment_parent>
<wp:commentmeta><wp:meta_key>m</wp:meta_key><wp:meta_value>n</wp:meta_value></wp:commentmeta></wp:comment>`,
)}`);

describe('a whole export', () => {
  it('gives the site first, then each record with its line', async () => {
    const { records, problems } = await read(FULL);
    expect(problems).toEqual([]);
    expect(records.map(({ type, line }) => [type, line])).toEqual([
      ['site', 1],
      ['author', 6],
      ['category', 8],
      ['tag', 9],
      ['term', 10],
      ['item', 12],
    ]);
  });

  it('gives every field of every record', async () => {
    const [site, author, category, , term, item] = (await read(FULL)).records;
    expect(site).toMatchObject({ title: 'Site', language: 'en-US', version: '1.2' });
    expect(author).toMatchObject({ id: '2', login: 'ana', displayName: 'Ana & Co' });
    expect(category).toMatchObject({ termId: '3', nicename: 'news', parent: 'all', name: 'News' });
    expect(term).toMatchObject({ taxonomy: 'place', meta: [{ key: 'k', value: 'v' }] });
    expect(item).toMatchObject({
      postId: '9',
      sticky: true,
      parentId: null,
      terms: [{ domain: 'category', nicename: 'news', name: 'News' }],
      meta: [{ key: 'a', value: ' b ' }],
      comments: [{ id: '1', line: 14, parentId: '8', meta: [{ key: 'm', value: 'n' }] }],
    });
  });

  it('is read no faster than it is taken', async () => {
    let given = 0;
    async function* source() {
      yield HEAD;
      for (let id = 1; id <= 100; id += 1) {
        given = id;
        yield itemXml(id);
      }
      yield TAIL;
    }
    const reader = readWxr(source(), () => {});
    await reader.next();
    await reader.next();
    expect(given).toBeLessThan(5);
    await reader.return();
  });

  it('lets its source go when nobody reads on', async () => {
    let released = false;
    async function* source() {
      try {
        yield HEAD;
        for (let id = 1; ; id += 1) yield itemXml(id);
      } finally {
        released = true;
      }
    }
    for await (const record of readWxr(source(), () => {})) if (record.type === 'item') break;
    expect(released).toBe(true);
  });
});

describe('text', () => {
  it('is decoded once', async () => {
    const body = itemXml(1, `<content:encoded>a &amp;lt; b</content:encoded>`).replace(
      'Post 1',
      'Q&amp;amp;A',
    );
    expect(items(await read(wxr(body)))[0]).toMatchObject({ title: 'Q&amp;A', content: 'a &lt; b' });
  });

  it('of a title in CDATA is HTML, of a content in CDATA stays HTML', async () => {
    const body = itemXml(1, `<content:encoded>${cdata('a &amp; b')}</content:encoded>`).replace(
      'Post 1',
      cdata('Q&amp;A &#8211;'),
    );
    expect(items(await read(wxr(body)))[0]).toMatchObject({ title: 'Q&A –', content: 'a &amp; b' });
  });

  it('of several CDATA sections is joined, without the white space around them', async () => {
    const body = itemXml(
      1,
      '<content:encoded>\n<![CDATA[a]]]]><![CDATA[>b]]>\n<![CDATA[\n\nc]]>\n</content:encoded>',
    );
    expect(items(await read(wxr(body)))[0]?.content).toBe('a]]>b\n\nc');
  });

  it('survives writing and reading, whatever it is', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 }).map(withoutForbidden);
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (content, title, meta, excerpt) => {
        const body = itemXml(
          1,
          `<content:encoded>${cdata(content)}</content:encoded><excerpt:encoded>${escapeXml(excerpt)}</excerpt:encoded>
          <wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>${cdata(meta)}</wp:meta_value></wp:postmeta>`,
        ).replace('Post 1', () => escapeXml(title));
        const result = await read(Buffer.from(wxr(body)));
        const [item] = items(result);
        expect(result.problems).toEqual([]);
        expect(item?.content).toBe(content);
        expect(item?.excerpt).toBe(excerpt);
        expect(item?.meta[0]?.value).toBe(meta);
        // A title stands on one line.
        expect(item?.title).toBe(title.replace(/\s+/g, ' ').trim());
      }),
    );
  });

  it('does not depend on where the chunks of bytes are cut', async () => {
    const whole = await read(BROKEN);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 }),
        async (sizes) => {
          const result = await read(cut(Buffer.from(BROKEN), sizes));
          expect(result.records).toEqual(whole.records);
          expect(result.problems.map(({ line, kind }) => [line, kind])).toEqual(
            whole.problems.map(({ line, kind }) => [line, kind]),
          );
        },
      ),
    );
  });

  it('is the same cut into single bytes', async () => {
    expect(await read(cut(Buffer.from(FULL), [1]))).toEqual(await read(FULL));
    expect((await read(cut(Buffer.from(BROKEN), [1]))).records).toEqual((await read(BROKEN)).records);
  });
});

describe('encodings', () => {
  const text = wxr(itemXml(1, '<content:encoded>ﺱلام دنیا é</content:encoded>'));
  const content = 'ﺱلام دنیا é';

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 little endian with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 little endian without one', Buffer.from(text, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s', async (_name, bytes) => {
    const result = await read(cut(bytes, [7]));
    expect(items(result)[0]?.content).toBe(content);
    expect(result.problems).toEqual([]);
  });

  it('the one that the XML declaration names', async () => {
    const windows = Buffer.from(
      wxr(itemXml(1)).replace('UTF-8', 'windows-1256').replace('Post 1', '\xd3\xe1\xc7\xe3'),
      'latin1',
    );
    expect(items(await read(windows))[0]?.title).toBe('سلام');
  });

  it('UTF-8, saying so, where the declared one is not known', async () => {
    const result = await read(Buffer.from(text.replace('UTF-8', 'klingon-1')));
    expect(items(result)[0]?.content).toBe(content);
    expect(kinds(result)).toEqual(['unknown-encoding']);
  });

  it('bytes that are no UTF-8 are told of with their line', async () => {
    const bytes = Buffer.concat([
      Buffer.from(HEAD),
      Buffer.from('<item><title>\xff</title>', 'latin1'),
      Buffer.from('</item></channel></rss>'),
    ]);
    const result = await read(bytes);
    expect(result.problems).toMatchObject([{ kind: 'undecodable', line: 6, column: 14 }]);
    expect(items(result)).toHaveLength(1);
  });
});

describe('namespaces', () => {
  it('are told by their address, not by their prefix', async () => {
    const renamed = wxr(itemXml(1))
      .replaceAll('wp:', 'w:')
      .replace('xmlns:w:', 'xmlns:w:')
      .replace('xmlns:wp=', 'xmlns:w=');
    expect(items(await read(renamed))[0]?.postId).toBe('1');
  });

  it('of another address are passed over', async () => {
    const body = `<item xmlns:wp="http://elsewhere.example/"><title>T</title><wp:post_id>5</wp:post_id></item>`;
    expect(items(await read(wxr(body)))[0]).toMatchObject({ title: 'T', postId: '' });
  });

  it('that are not declared mean what they usually do, and are told of once', async () => {
    const result = await read(wxr(itemXml(1) + itemXml(2)).replace(/xmlns:wp="[^"]*"/, ''));
    expect(items(result).map(({ postId }) => postId)).toEqual(['1', '2']);
    expect(kinds(result)).toEqual(['unbound-prefix']);
  });
});

/** Broken in many ways, each of which the reader recovers from. */
const BROKEN =
  wxr(`${itemXml(1, '<content:encoded>AT&T < é &nbsp; &bogus; <b>bold</b> 𝕌 \u0008</content:encoded>')}
${itemXml(2, '<content:encoded><![CDATA[a]]> b]]></content:encoded>')}<item><title>never closed
${itemXml(3, '</wrong><wp:postmeta><wp:meta_key>k</wp:meta_key></wp:postmeta>')}stray
${itemXml(4, '<content:encoded><![CDATA[ok]]></content:encoded><guid isPermaLink=false>x</guid>')}<!-- c --><?php x ?>`);

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

/** What XML can hold; it makes every line break a line feed. */
function withoutForbidden(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
  return text.replace(/[\0-\x08\x0b-\x1f\ufffd-\uffff]|\p{Surrogate}/gu, '');
}

it('reads from anything that gives chunks', async () => {
  const found: string[] = [];
  for await (const record of readWxr(stream([Buffer.from(FULL)]), () => {})) found.push(record.type);
  expect(found).toHaveLength(6);
});
