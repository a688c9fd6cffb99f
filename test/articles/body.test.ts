import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { type Block, parseBody } from '../../src/articles/body';
import { anyBlocks } from '../../src/articles/body/any-blocks';
import { plainBlocks } from '../../src/articles/body/plain-blocks';
import { sanitise } from '../../src/articles/body/sanitise';
import { convertContent } from '../../src/importers/wordpress/content';
import { describeWithSharedData } from '../support/shared-data';

const only = (html: string): Block => {
  const { blocks } = parseBody(html);
  expect(blocks).toHaveLength(1);
  return blocks[0] ?? { type: 'html', html: '' };
};
const typesOf = (html: string) => parseBody(html).blocks.map(({ type }) => type);

const INVISIBLE = /[\s\p{Cc}\p{Cf}\p{Cs}\ufffd-\uffff]+/gu;

/** The visible text of HTML, gathered by another road than the one under test. */
function textOfHtml(html: string): string {
  let text = '';
  const parser = new Parser({ ontext: (data) => (text += data) });
  parser.end(html);
  return text.replace(INVISIBLE, '');
}

describe('text of a body', () => {
  it('separates paragraphs by a blank line', () => {
    const body = parseBody('<h2>Title</h2>\n<p>One\n  line.</p><p>Two<br>lines &amp; more.</p>');
    expect(body.text).toBe('Title\n\nOne line.\n\nTwo\nlines & more.');
  });

  it('puts items, rows and captions on lines of their own', () => {
    const html =
      '<ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>' +
      '<figure><img src="x.jpg"><figcaption>c</figcaption></figure>';
    expect(parseBody(html).text).toBe('a\nb\n\n1 2\n3 4\n\nc');
  });

  it('keeps the lines of code', () => {
    expect(parseBody('<pre>a\n\n  b</pre>').text).toBe('a\n\n  b');
  });

  it.each([
    ['English', 'Don’t wait: 3,000 follow-up calls.', 5],
    ['Persian with zero-width non-joiners', 'او می\u200cرود و نمی\u200cآید.', 4],
    ['Arabic with harakat', 'مُحَمَّدٌ رَسُول', 2],
    ['Chinese, two characters to a word', '阿富汗新闻', 3],
    ['a mixture', 'ایران and 日本', 3],
    ['signs only', '— … 🎉', 0],
  ])('counts the words of %s', (_, text, words) => {
    expect(parseBody(`<p>${text}</p>`).wordCount).toBe(words);
  });

  it.each([
    [0, 0],
    [1, 1],
    [200, 1],
    [201, 2],
  ])('takes %i words for %i minutes of reading', (words, minutes) => {
    expect(parseBody(`<p>${'word '.repeat(words)}</p>`).readingMinutes).toBe(minutes);
  });

  it('leaves out the address of a page that is only embedded', () => {
    expect(parseBody('<p>Before</p><p>https://youtu.be/abc</p>').text).toBe('Before');
  });
});

describe('blocks of a body', () => {
  it('wraps text at the top in paragraphs, divided by blank lines and double line breaks', () => {
    expect(parseBody('One <b>two\n\nthree</b> four<br/><br>five<br>six').html).toBe(
      '<p>One <b>two</b></p>\n<p><b>three</b> four</p>\n<p>five<br />six</p>',
    );
  });

  it('takes wrappers away and hands their direction and language on', () => {
    expect(
      parseBody('<div dir="rtl" lang="fa"><section><p>a</p><p dir="ltr">b</p></section>c</div>d').html,
    ).toBe(
      '<p dir="rtl" lang="fa">a</p>\n<p dir="ltr" lang="fa">b</p>\n<p dir="rtl" lang="fa">c</p>\n<p>d</p>',
    );
  });

  it('leaves out what is empty', () => {
    expect(
      parseBody('<p>&nbsp;</p><p><b></b><br></p><ul><li></li></ul><div><span> </span></div><h2></h2>').blocks,
    ).toEqual([]);
  });

  it('keeps a link around blocks', () => {
    expect(parseBody('<a href="/x"><h3>Title</h3><p>Teaser</p></a>').html).toBe(
      '<h3><a href="/x" rel="noopener">Title</a></h3>\n<p><a href="/x" rel="noopener">Teaser</a></p>',
    );
  });

  it('knows headings by level', () => {
    expect(only('<h3 class="wp-block-heading">A <em>b</em></h3>')).toEqual({
      type: 'heading',
      level: 3,
      html: '<h3>A <em>b</em></h3>',
    });
  });

  it('knows lists with the HTML of their items', () => {
    expect(only('<ol start="3"><li>a <b>b</b><li>c<ul><li>d</ul></ol>')).toEqual({
      type: 'list',
      ordered: true,
      items: ['a <b>b</b>', 'c<ul><li>d</li></ul>'],
      html: '<ol start="3"><li>a <b>b</b></li><li>c<ul><li>d</li></ul></li></ol>',
    });
  });

  it.each([
    ['a quote', '<blockquote class="wp-block-quote"><p>Q</p><cite>Me</cite></blockquote>', 'Me'],
    [
      'a pull quote',
      '<figure class="wp-block-pullquote"><blockquote><p>Q</p><cite>Me</cite></blockquote></figure>',
      'Me',
    ],
    [
      'a quote with a caption',
      '<figure><blockquote>Q</blockquote><figcaption>Me</figcaption></figure>',
      'Me',
    ],
    ['a quote without source', '<blockquote>Q</blockquote>', null],
  ])('knows %s', (_, html, citation) => {
    expect(only(html)).toMatchObject({ type: 'quote', citation });
  });

  it('knows an image of the block editor', () => {
    const html =
      '<!-- wp:image {"id":7,"sizeSlug":"large"} -->\n<div class="wp-block-image"><figure class="aligncenter size-large">' +
      '<a href="https://example.org/full.jpg"><img src="https://example.org/a.jpg" alt="Alt &quot;text&quot;" width="640"' +
      ' height="360px" class="wp-image-7" style="x" onerror="alert(1)"/></a><figcaption class="wp-element-caption">A <b>caption</b>' +
      '</figcaption></figure></div>\n<!-- /wp:image -->';
    expect(only(html)).toEqual({
      type: 'image',
      url: 'https://example.org/a.jpg',
      width: 640,
      height: 360,
      alt: 'Alt "text"',
      caption: 'A caption',
      html:
        '<figure><a href="https://example.org/full.jpg" rel="noopener"><img src="https://example.org/a.jpg"' +
        ' alt="Alt &quot;text&quot;" width="640" height="360" /></a><figcaption>A <b>caption</b></figcaption></figure>',
    });
  });

  it('knows an image that stands alone in a paragraph, and leaves one in running text', () => {
    expect(only('<p><a href="/full"><img src="/a.jpg"></a></p>')).toMatchObject({
      type: 'image',
      url: '/a.jpg',
      alt: null,
    });
    expect(only('<p>Text <img src="/a.jpg"></p>')).toMatchObject({ type: 'paragraph' });
  });

  it.each([
    [
      'nested figures',
      '<figure class="wp-block-gallery has-nested-images"><figure class="wp-block-image"><img src="/a.jpg">' +
        '<figcaption>A</figcaption></figure><figure><img src="/b.jpg"></figure><figcaption>All</figcaption></figure>',
      'All',
    ],
    [
      'a list in a figure',
      '<figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li><figure><img src="/a.jpg"><figcaption>A' +
        '</figcaption></figure></li><li><figure><img src="/b.jpg"></figure></li></ul><figcaption>All</figcaption></figure>',
      'All',
    ],
    [
      'a bare list',
      '<ul class="wp-block-gallery"><li><figure><img src="/a.jpg"><figcaption>A</figcaption></figure></li>' +
        '<li><img src="/b.jpg"></li></ul>',
      null,
    ],
  ])('knows a gallery of %s', (_, html, caption) => {
    const block = only(html);
    expect(block).toMatchObject({ type: 'gallery', caption });
    expect(block).toMatchObject({
      images: [
        { url: '/a.jpg', caption: 'A' },
        { url: '/b.jpg', caption: null },
      ],
    });
  });

  it('knows what WordPress embeds when the page is shown', () => {
    const html =
      '<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">\n' +
      'https://www.youtube.com/watch?v=a&amp;t=1\n</div><figcaption>C</figcaption></figure>';
    const url = 'https://www.youtube.com/watch?v=a&t=1';
    expect(only(html)).toMatchObject({ type: 'embed', url, provider: 'youtube', caption: 'C' });
    expect(only(html).html).toContain('<a href="https://www.youtube.com/watch?v=a&amp;t=1" rel="noopener">');
  });

  it('knows a lone address of a known provider, and no other', () => {
    expect(only('https://vimeo.com/1')).toMatchObject({ type: 'embed', provider: 'vimeo' });
    expect(only('<p>https://example.org/1</p>')).toMatchObject({ type: 'paragraph' });
  });

  it('knows players of listed hosts and drops other frames', () => {
    expect(
      only('<p>\n<iframe src="//player.vimeo.com/video/1" width="640" srcdoc="x"></iframe></p>'),
    ).toEqual({
      type: 'embed',
      url: 'https://player.vimeo.com/video/1',
      provider: 'vimeo',
      caption: null,
      html: '<iframe src="https://player.vimeo.com/video/1" width="640"></iframe>',
    });
    expect(typesOf('<iframe src="https://ads.example/x"></iframe><iframe src="/local"></iframe>')).toEqual(
      [],
    );
    expect(typesOf('<iframe src="https://www.youtube.com.evil.example/x"></iframe>')).toEqual([]);
  });

  it('knows video and audio with their sources', () => {
    expect(
      only(
        '<figure class="wp-block-video"><video poster="/p.jpg" autoplay src="/v.mp4"></video><figcaption>C</figcaption></figure>',
      ),
    ).toMatchObject({ type: 'video', url: '/v.mp4', poster: '/p.jpg', caption: 'C' });
    expect(only('<audio><source src="https://x.example/a.mp3" type="audio/mpeg">No support</audio>')).toEqual(
      {
        type: 'audio',
        url: 'https://x.example/a.mp3',
        caption: null,
        html: '<audio controls><source src="https://x.example/a.mp3" type="audio/mpeg" /></audio>',
      },
    );
    expect(typesOf('<video src="data:video/mp4;base64,AA"></video>')).toEqual([]);
  });

  it('knows tables with their heading rows', () => {
    const html =
      '<figure class="wp-block-table"><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td>' +
      '<td><b>2</b></td></tr></tbody></table><figcaption>C</figcaption></figure>';
    expect(only(html)).toMatchObject({
      type: 'table',
      rows: [
        ['A', 'B'],
        ['1', '<b>2</b>'],
      ],
      headerRows: 1,
      caption: 'C',
    });
  });

  it('knows code with its language, and that verse is none', () => {
    expect(
      only('<pre class="wp-block-code"><code class="hl language-ts">a &lt; b\n  c</code></pre>'),
    ).toMatchObject({
      type: 'code',
      text: 'a < b\n  c',
      language: 'ts',
    });
    expect(only('<pre class="wp-block-verse">A\n  B</pre>')).toMatchObject({ type: 'html' });
  });

  it('knows dividers, and leaves the rest as HTML', () => {
    expect(only('<hr class="wp-block-separator"/>')).toEqual({ type: 'divider', html: '<hr />' });
    expect(only('<details><summary>S</summary><p>T</p></details>')).toMatchObject({ type: 'html' });
    expect(only('<dl><dt>a<dd>b</dl>')).toMatchObject({
      type: 'html',
      html: '<dl><dt>a</dt><dd>b</dd></dl>',
    });
  });

  it('takes columns, groups and media with text apart in reading order', () => {
    const html =
      '<!-- wp:columns --><div class="wp-block-columns"><div class="wp-block-column"><p>a</p></div><div><h2>b</h2></div></div>' +
      '<div class="wp-block-media-text"><figure><img src="/c.jpg"></figure><div><p>d</p></div></div>';
    expect(typesOf(html)).toEqual(['paragraph', 'heading', 'image', 'paragraph']);
  });

  it('mends what stands where it may not', () => {
    expect(
      parseBody('<li>a</li><table>b<td>c</table><ul>d<ul><li>e</ul></ul><h2><p>f</p><p>g</p></h2>').html,
    ).toBe(
      '<p>a</p>\n<table><tr><td>b</td><td>c</td></tr></table>\n' +
        '<ul><li>d<ul><li>e</li></ul></li></ul>\n<h2>f<br />g</h2>',
    );
  });

  it('keeps what links may tell search engines, and nothing that opens windows', () => {
    expect(
      parseBody('<a href=" https://x.example/a b " rel="UGC opener sponsored" target="_blank" id="x">y</a>')
        .html,
    ).toBe('<p><a href="https://x.example/a%20b" rel="noopener sponsored ugc">y</a></p>');
  });
});

// Every one of them has been an exploit of some browser, parser or sanitiser; `1` is the payload.
const VECTORS = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<script\x20type="text/javascript">javascript:alert(1);</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="x"onerror="alert(1)">',
  '<img/src="x"/onerror=alert(1)>',
  '<img src=x:x onerror\n=\nalert(1)>',
  '<img src="javascript:alert(1)">',
  '<img src=`javascript:alert(1)`>',
  '<img srcset="javascript:alert(1) 1x, data:text/html,1 2x">',
  '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="java&#10;script:alert(1)">x</a>',
  '<a href="&#1;javascript:alert(1)">x</a>',
  '<a href="&#106;&#97;vascript&colon;alert(1)">x</a>',
  '<a href="java<!-- -->script:alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="x" style="background:url(javascript:alert(1))">x</a>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="https://www.youtube.com@evil.example/"></iframe>',
  '<iframe src="https:\\\\evil.example\\www.youtube.com"></iframe>',
  '<iframe src="https://www.youtube.com/x"><p title="</iframe><img src=x onerror=alert(1)>"></iframe>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
  '<xmp><p title="</xmp><script>alert(1)</script>">',
  '<title><p title="</title><script>alert(1)</script>">',
  '<style><p title="</style><script>alert(1)</script>">',
  '<template><script>alert(1)</script></template>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<base href="javascript:alert(1)//"><a href="x">y</a>',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)"><link rel=stylesheet href=//evil.example>',
  '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
  '<input autofocus onfocus=alert(1)><select autofocus onfocus=alert(1)><keygen autofocus onfocus=alert(1)>',
  '<video poster="javascript:alert(1)" onloadstart=alert(1) src=x><source onerror=alert(1) src="javascript:1"></video>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<div style="width:expression(alert(1))" onmouseover="alert(1)">x</div>',
  '<table background="javascript:alert(1)"><td background="javascript:alert(1)">x</table>',
  '<!--[if gte IE 4]><script>alert(1)</script><![endif]--><![CDATA[<script>alert(1)</script>]]>',
  '<?xml-stylesheet href="javascript:alert(1)"?><!DOCTYPE x [<!ENTITY y "<script>alert(1)</script>">]>',
  '<p title="&quot;><script>alert(1)</script>">x</p><abbr title="&quot;&gt;&lt;script&gt;alert(1)">y</abbr>',
  '<blockquote cite="javascript:alert(1)">x</blockquote>',
  '<pre><code class="language-x" onclick="alert(1)">x</code></pre>',
  '<p lang="&quot; onclick=alert(1)" dir="&quot;onclick">x</p>',
  '<figure>https://youtu.be/"onclick="alert(1)</figure>',
];

const KNOWN_ATTRIBUTES = new Set(
  (
    'dir lang href title rel src srcset sizes alt width height poster controls type allowfullscreen cite start ' +
    'reversed value colspan rowspan scope datetime open class'
  ).split(' '),
);
const KNOWN_TAGS = new Set(
  (
    'p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote figure figcaption img iframe video audio source table thead tbody ' +
    'tfoot tr td th caption pre code hr br wbr details summary a b strong i em u s sub sup small mark q cite abbr dfn ' +
    'time del ins kbd samp var span bdi bdo ruby rb rt rp'
  ).split(' '),
);

/** Reads the HTML again and fails on any tag, attribute or scheme that an article has no use for. */
function expectHarmless(html: string): void {
  const wrong: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!KNOWN_TAGS.has(name)) wrong.push(name);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (!KNOWN_ATTRIBUTES.has(attribute)) wrong.push(`${name} ${attribute}`);
        const isAddress = ['href', 'src', 'poster', 'cite'].includes(attribute);
        const scheme = /^[\p{Cc}\s]*([a-z][a-z0-9+.-]*)\s*:/iu.exec(value)?.[1];
        if (isAddress && scheme !== undefined && !/^(?:https?|mailto)$/i.test(scheme)) wrong.push(value);
      }
    },
    oncomment: (data) => wrong.push(`comment ${data}`),
    onprocessinginstruction: (_, data) => wrong.push(data),
  });
  parser.end(html);
  expect(wrong).toEqual([]);
}

describe('safety', () => {
  it.each(VECTORS)('disarms %s', (vector) => {
    const { html, blocks } = parseBody(`<p>before</p>${vector}<p>after</p>`);
    expectHarmless(html);
    expect(html).not.toMatch(/<script|<style|<svg|<math|<form|javascript:alert\(1\)"/i);
    for (const block of blocks) expectHarmless(block.html);
  });

  it('drops programs, styles and controls with what is in them', () => {
    const html =
      '<style>a{}</style><form>Sign <button>up</button></form><select><option>o</select><script>s</script>x';
    expect(parseBody(html).html).toBe('<p>x</p>');
  });

  it('drops characters that a database or a feed cannot carry', () => {
    const { html } = parseBody('a\u0000b&#1;c\ud800d\uffff<img alt="\u0007x" src="/y">\r\nz');
    expect(html).toBe('<p>abc\ufffdd<img alt="x" src="/y" />\nz</p>');
  });
});

const TAGS = (
  'p div b i a span ul ol li table tr td th thead tbody caption dl dt dd h2 h3 figure figcaption img iframe video audio ' +
  'source blockquote cite pre code br hr details summary script style svg math form button textarea title ruby rt rp q ' +
  'section center custom-tag sub noscript wbr xmp select option'
).split(' ');
const ATTRIBUTES = [
  '',
  ' dir="rtl"',
  ' lang=fa',
  ' dir=LTR lang="x y"',
  ' href="/a?b=1&c=2"',
  ' href="https://youtu.be/x"',
  ' href=" java\nscript:1"',
  ' href="//x.example/ y"',
  ' src="/a.jpg" alt=""',
  ' src="https://www.youtube.com/embed/x"',
  ' src=x srcset="a.jpg 1x, b.jpg 2x, c,d.jpg 300w"',
  ' class="language-ts wp-block-verse"',
  ' title="a &quot;b&quot; <c>"',
  ' width=007 height="5px" colspan=2 start=-1',
  ' onclick="x"',
  ' rel="ugc x" cite="http://x.example"',
  ' open',
];
const TEXTS = [
  'x',
  ' ',
  '\n',
  '\n\n',
  '&nbsp;',
  '&amp;',
  '&lt;b&gt;',
  '&#0;',
  '&#10;&#10;',
  'سلام',
  '\u200c',
  '👍',
  '<',
  '</',
  '&',
  '\t',
];

const soup = () => {
  const tag = fc.constantFrom(...TAGS);
  const piece = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(tag, fc.constantFrom(...ATTRIBUTES))
        .map(([name, attribute]) => `<${name}${attribute}>`),
    },
    { weight: 3, arbitrary: tag.map((name) => `</${name}>`) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        ...TEXTS,
        'https://youtu.be/x',
        '<!-- wp:x -->',
        '<![CDATA[x]]>',
        '<?x?>',
        '</p>',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
  );
  return fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
};

describe('any input at all', () => {
  it('gives the same body again when its HTML is parsed', () => {
    fc.assert(
      fc.property(soup(), (html) => {
        const body = parseBody(html);
        expect(parseBody(body.html)).toEqual(body);
      }),
      { numRuns: 3000 },
    );
  });

  it('does so at the limits of nesting too', () => {
    const containers =
      'ul li table tr td thead blockquote figure figcaption details dl dd b span sub p'.split(' ');
    const piece = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...containers).map((name) => `<${name} lang="fa">`) },
      { weight: 1, arbitrary: fc.constantFrom('x', ' ', '<br>', '<img src="/a">', '<div>', '</div>') },
      { weight: 1, arbitrary: fc.constantFrom(...containers).map((name) => `</${name}>`) },
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 80, maxLength: 300, size: 'max' }), (pieces) => {
        const body = parseBody(pieces.join(''));
        expect(parseBody(body.html)).toEqual(body);
      }),
      { numRuns: 200 },
    );
  });

  it('gives HTML that the sanitiser leaves as it is', () => {
    fc.assert(
      fc.property(soup(), (html) => {
        const body = parseBody(html);
        expect(sanitise(body.html)).toBe(body.html);
        expectHarmless(body.html);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps in the blocks all text that the sanitiser lets through', () => {
    const harmless = soup().map((html) =>
      html.replace(
        /<\/?(?:script|style|svg|form|button|textarea|title|xmp|select|option|video|audio|iframe)/g,
        '<i',
      ),
    );
    fc.assert(
      fc.property(harmless, (html) => {
        const body = parseBody(html);
        expect(textOfHtml(body.blocks.map((block) => block.html).join(''))).toBe(textOfHtml(body.html));
        expect(textOfHtml(body.html)).toBe(textOfHtml(sanitise(html)));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives JSON that survives being written and read', () => {
    fc.assert(
      fc.property(soup(), (html) => {
        const body = parseBody(html);
        expect(JSON.parse(JSON.stringify(body))).toEqual(body);
      }),
    );
  });
});

describe('hostile sizes', () => {
  const cases: [string, () => string][] = [
    ['100,000 nested wrappers', () => `${'<div>'.repeat(100_000)}x${'</div>'.repeat(100_000)}`],
    ['100,000 nested emphases', () => `${'<b>'.repeat(100_000)}x`],
    ['100,000 nested lists', () => `${'<ul><li>'.repeat(100_000)}x`],
    ['100,000 nested tables', () => `${'<table><tr><td>'.repeat(100_000)}x`],
    ['100,000 nested forms', () => '<form>'.repeat(100_000)],
    ['100,000 nested drawings', () => '<svg>'.repeat(100_000)],
    ['100,000 unknown nested tags', () => `${'<x-y>'.repeat(100_000)}x`],
    ['a million closing tags', () => `x${'</div>'.repeat(1_000_000)}`],
    ['links around 100,000 paragraphs', () => `${'<a href="/x">'.repeat(50)}${`<p>x</p>`.repeat(100_000)}`],
    [
      'a long link around 100,000 paragraphs',
      () => `<a href="/${'x'.repeat(4000)}">${`<p>x</p>`.repeat(100_000)}`,
    ],
    ['5 MB of text', () => 'word '.repeat(1_000_000)],
    ['5 MB of spaces', () => `x${' '.repeat(5_000_000)}y`],
    ['5 MB of line breaks', () => `x${'\n '.repeat(2_500_000)}y`],
    ['5 MB of paragraphs', () => '<p>Some words of text</p>'.repeat(200_000)],
    ['1 MB of opening brackets', () => '<'.repeat(1_000_000)],
    ['5 MB of comments in an address', () => `<a href="${'<!---->'.repeat(700_000)}">x</a>`],
    ['5 MB of attributes', () => `<p ${'a=b '.repeat(1_250_000)}>x</p>`],
    ['5 MB of an unclosed comment', () => `x<!--${'-'.repeat(5_000_000)}`],
    ['5 MB of srcset', () => `<img src="x" srcset="${'a 1x,'.repeat(1_000_000)}">`],
  ];

  it.each(cases)('takes %s', (_, make) => {
    const html = make();
    const start = process.cpuUsage();
    const body = parseBody(html);
    const { user, system } = process.cpuUsage(start);
    // Seconds of CPU, as the machine may have other work: far above what it takes, far below what a
    // quadratic algorithm would.
    expect((user + system) / 1e6).toBeLessThan(15);
    // A bracket is written as four characters.
    expect(body.html.length).toBeLessThan(4 * html.length + 1000);
    expect(sanitise(body.html)).toBe(body.html);
  });

  it('keeps the text that is nested too deep', () => {
    const body = parseBody(`${'<blockquote>'.repeat(1000)}deep${'</blockquote>'.repeat(1000)}<p>after</p>`);
    expect(body.text).toBe('deep\n\nafter');
    expect(parseBody(body.html)).toEqual(body);
  });
});

describeWithSharedData('a WordPress export of Persian news', ['wxr/farsnews-fa.wxr.xml.gz'], (file) => {
  it('becomes paragraphs that are stable', () => {
    const xml = gunzipSync(readFileSync(file)).toString('utf8');
    const bodies = [...xml.matchAll(/<content:encoded><!\[CDATA\[(.*?)\]\]>/gs)].map(
      (match) => match[1] ?? '',
    );
    expect(bodies.length).toBeGreaterThan(1000);
    for (const html of bodies.slice(0, 300)) {
      const body = parseBody(html);
      expect(body.wordCount).toBeGreaterThan(0);
      expect(parseBody(body.html)).toEqual(body);
      expect(textOfHtml(body.html)).toBe(textOfHtml(html));
    }
  });
});

describe('plainBlocks', () => {
  const characters = fc.constantFrom(
    ...'aé 7\u200c\u200dمی\u064e\u0301漢\u{1f600}\ud83d<>&"\'/:\n\t\u00a0\u00ad\u2028\u06dd\ufeff\u0008',
  );
  const letters = fc.constantFrom('a', 'b', 'ک', ' c');
  const words = fc
    .array(fc.oneof({ weight: 40, arbitrary: letters }, characters), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join(''));
  const address = fc.oneof(
    fc.constantFrom(
      'https://a.example/b?c=d#e',
      'http://a.example',
      'https://youtu.be/x',
      '/b',
      'mailto:a@b.c',
    ),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
  );
  const inline = fc.oneof(
    { weight: 6, arbitrary: words },
    fc
      .tuple(fc.constantFrom('strong', 'em', 'b', 'i', 'span', 'u'), words)
      .map(([n, t]) => `<${n}>${t}</${n}>`),
    fc
      .tuple(
        address,
        fc.constantFrom('', ' target="_blank" rel="noreferrer noopener"', ' rel="nofollow"'),
        words,
      )
      .map(([url, more, text]) => `<a href="${url}"${more}>${text}</a>`),
  );
  const line = fc.array(inline, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
  const css = fc.constantFrom('', '', ' class="wp-block-heading"', ' dir="rtl"');
  const block = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(css, line).map(([c, text]) => `<p${c}>${text}</p>`) },
    fc.tuple(fc.constantFrom('h2', 'h3', 'h6'), css, line).map(([h, c, text]) => `<${h}${c}>${text}</${h}>`),
    fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 3 }), fc.option(words))
      .map(
        ([lines, cite]) =>
          `<blockquote class="wp-block-quote">${lines.map((l) => `<p>${l}</p>`).join('\n')}${cite === null ? '' : `<cite>${cite}</cite>`}</blockquote>`,
      ),
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '<p>', '</p>', '<br />', 'a', '<p>https://youtu.be/x</p>', '&amp;'),
    },
  );
  const html = fc
    .tuple(fc.array(block, { maxLength: 4 }), fc.constantFrom('', '\n', '\n\n', ' '))
    .map(([parts, between]) => parts.join(between));

  test('are what the long way makes, wherever it is taken', () => {
    let plain = 0;
    fc.assert(
      fc.property(html, (source) => {
        const blocks = plainBlocks(source);
        if (blocks === null) return;
        plain += 1;
        expect(blocks).toEqual(anyBlocks(source));
      }),
      { numRuns: 10_000 },
    );
    expect(plain).toBeGreaterThan(1_000);
  });

  test.each([
    ['<p>Thank you for this report.</p>\n', true],
    ['<p>یک خط\u200cها “x” – y…</p>\n<p>Two</p>\n', true],
    ['<h2 class="wp-block-heading">One</h2>\n\n<p>A <strong>b</strong> and <em>c</em>.</p>', true],
    ['<p><a href="https://a.example/b" target="_blank" rel="noreferrer noopener">A</a> b</p>', true],
    ['<blockquote class="wp-block-quote"><p>A</p><cite>B</cite></blockquote>', true],
    ['<p>a<br />b</p>', false],
    ['<p>a  b</p>', false],
    ['<p>https://youtu.be/x</p>', false],
    ['<p><a href="https://youtu.be/x">https://youtu.be/x</a></p>', false],
    ['<p><a href="javascript:alert(1)">x</a></p>', false],
    ['<p onclick="x">x</p>', false],
    ['<p><script>x</script></p>', false],
  ])('of %j there are any: %s', (source, plain) => {
    expect(plainBlocks(source) !== null).toBe(plain);
    expect(plainBlocks(source) ?? anyBlocks(source)).toEqual(anyBlocks(source));
  });
});

describeWithSharedData(
  'bodies of real exports',
  ['wxr/farsnews-fa.wxr.xml.gz', 'wxr/ntrex-6-languages.wxr.xml.gz'],
  (...files) => {
    it('are read the short way as the long one reads them, most of them', () => {
      for (const file of files) {
        const xml = gunzipSync(readFileSync(file)).toString('utf8');
        const bodies = [...xml.matchAll(/<content:encoded><!\[CDATA\[(.*?)\]\]>/gs)].map(
          (match) => convertContent(match[1] ?? '').html,
        );
        const plain = bodies.filter((html) => plainBlocks(html) !== null);
        expect(plain.length).toBeGreaterThan(bodies.length / 2);
        for (const html of plain) expect(plainBlocks(html)).toEqual(anyBlocks(html));
      }
    });
  },
);
