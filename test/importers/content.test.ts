import fc from 'fast-check';
import { convertContent } from '../../src/importers/wordpress';

const html = (content: string) => convertContent(content).html;
const removed = (content: string) => Object.fromEntries(convertContent(content).removed);

describe('classic text', () => {
  it.each([
    ['blank lines end paragraphs, single breaks are <br>', 'a\nb\r\n\r\nc', '<p>a<br />\nb</p>\n<p>c</p>'],
    ['block tags stand for themselves', 'a\n<h2>b</h2>\nc', '<p>a</p>\n<h2>b</h2>\n<p>c</p>'],
    ['lists get no paragraphs', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>', '<ul><li>a</li>\n<li>b</li>\n</ul>'],
    [
      '<pre> is left alone',
      '<pre class="x">a\n\n  b <i></pre>\nc',
      '<pre class="x">a\n\n  b <i></pre>\n<p>c</p>',
    ],
    ['a quotation gets paragraphs', '<blockquote>a</blockquote>', '<blockquote><p>a</p>\n</blockquote>'],
    [
      'a <div> gets them where blank lines stand',
      '<div>a</div><div>b\n\nc</div>',
      '<div>a</div>\n<div><p>b</p>\n<p>c</p>\n</div>',
    ],
    ['double <br> ends a paragraph', 'a<br /><br>b', '<p>a</p>\n<p>b</p>'],
    ['a <br> is not doubled', 'a<br />\nb', '<p>a<br />\nb</p>'],
    ['paragraphs that are there stay', '<p>a</p>\n\n<p>b</p>', '<p>a</p>\n<p>b</p>'],
    ['line breaks within a tag are none', '<a\nhref="x">a</a>', '<p><a href="x">a</a></p>'],
    ['a lone < is text', 'a < b', '<p>a < b</p>'],
    ['the more mark goes', 'a\n\n<!--more-->\n\nb<!--nextpage-->c', '<p>a</p>\n<p>b</p>\n<p>c</p>'],
    ['nothing is nothing', ' \n ', ''],
  ])('%s', (_name, content, expected) => expect(html(content)).toBe(expected));

  it('keeps every word', () => {
    const word = fc.constantFrom(
      'alpha',
      'beta\n',
      '\n\n',
      '<p>',
      '</p>',
      '<div>',
      '</div>',
      '<b>',
      '<br>',
      '<li>',
      '<pre>',
      '</pre>',
      '<',
      '&amp;',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const count = (text: string) => text.match(/alpha|beta|&amp;/g)?.length ?? 0;
        expect(count(html(words.join(' ')))).toBe(count(words.join(' ')));
      }),
    );
  });

  it('is not changed by being converted again', () => {
    const once = html('a\nb\n\n<h2>c</h2>\n<blockquote>d</blockquote>\n\ne');
    expect(html(once)).toBe(once);
  });
});

describe('embeds', () => {
  it('an address alone on its line is a player', () => {
    expect(html('a\n\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3\n\nb')).toBe(
      '<p>a</p>\n<figure><iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ" title="YouTube" allowfullscreen></iframe>\n</figure>\n<p>b</p>',
    );
  });

  it('is a link where no player is known, and text where WordPress would leave it', () => {
    expect(html('https://twitter.com/a/status/1')).toContain('<a href="https://twitter.com/a/status/1">');
    expect(html('https://news.example/a')).toBe('<p>https://news.example/a</p>');
    expect(html('see https://youtu.be/dQw4w9WgXcQ there')).not.toContain('iframe');
  });

  it('no address can break out of its attribute', () => {
    expect(html('[embed]https://x.example/"onload="x[/embed]')).toBe('<p>https://x.example/"onload="x</p>');
    expect(html('[video src="javascript:alert(1)"]')).toBe('');
  });
});

describe('blocks', () => {
  it('lose their comments and keep their HTML', () => {
    expect(
      html(
        '<!-- wp:heading {"level":3} -->\n<h3>a\nb</h3>\n<!-- /wp:heading -->\n\n<!-- wp:paragraph -->\n<p>c</p>\n<!-- /wp:paragraph -->',
      ),
    ).toBe('<h3>a\nb</h3>\n\n<p>c</p>');
  });

  it('that WordPress draws are removed and told of', () => {
    const content =
      '<!-- wp:latest-posts {"postsToShow":3} /--><!-- wp:acme/chart /--><!-- wp:latest-posts /--><p>a</p>';
    expect(removed(content)).toEqual({ 'wp:latest-posts': 2, 'wp:acme/chart': 1 });
  });

  it('of an embed become a player within their figure', () => {
    const content =
      '<!-- wp:core-embed/youtube {"url":"https://youtu.be/dQw4w9WgXcQ"} -->\n<figure><div class="wp-block-embed__wrapper">\nhttps://youtu.be/dQw4w9WgXcQ\n</div><figcaption>c</figcaption></figure>\n<!-- /wp:core-embed/youtube -->';
    expect(html(content)).toMatch(
      /^<figure><iframe src="[^"]+" title="YouTube" allowfullscreen><\/iframe><figcaption>c<\/figcaption><\/figure>$/,
    );
    expect(html('<!-- wp:embed {"url":"https:\\/\\/vimeo.com\\/12345\\u0026x"} /-->')).toContain(
      'player.vimeo.com/video/12345',
    );
  });

  it('leave classic text between them, with paragraphs', () => {
    expect(html('<!-- wp:html --><b>x</b>\n\ny<!-- /wp:html -->\na\n\nb')).toBe(
      '<b>x</b>\n\ny\n<p>a</p>\n<p>b</p>',
    );
  });

  it('may be out of balance', () => {
    expect(html('<!-- /wp:x --><!-- wp:a --><p>a</p><!-- wp:b --><!-- /wp:a --> <!-- wp:')).toContain(
      '<p>a</p>',
    );
  });
});

describe('shortcodes', () => {
  it('a caption is a figure', () => {
    expect(
      html(
        '[caption id="a" width="3"]<a href="x"><img src="y" alt="" /></a> A <em>caption</em>[/caption]\n\ntext',
      ),
    ).toBe(
      '<figure><a href="x"><img src="y" alt="" /></a><figcaption>A <em>caption</em></figcaption>\n</figure>\n<p>text</p>',
    );
    expect(html('[wp_caption caption="Old"]<img src="y">[/wp_caption]')).toContain(
      '<figcaption>Old</figcaption>',
    );
  });

  it('a gallery shows the images that are known', () => {
    const shown = { url: 'https://x.example/2.jpg?a&b', alt: '"', caption: '<c>' };
    const images = {
      image: (id: string) => (id === '2' ? shown : undefined),
      attachedTo: (post: string) => (post === '7' ? ['2'] : []),
    };
    const result = convertContent('[gallery ids="1,2"]', images);
    expect(Object.fromEntries(result.removed)).toEqual({ 'an image of a gallery': 1 });
    for (const own of ['[gallery]', '[gallery id="7" columns="3"]'])
      expect(convertContent(own, images, own === '[gallery]' ? '7' : '8').html).toBe(result.html);
    expect(result.html).toContain('<img src="https://x.example/2.jpg?a&amp;b" alt="&quot;" />');
    expect(result.html).toContain('<figcaption>&lt;c&gt;</figcaption>');
    expect(removed('a [gallery ids="1,2"]')).toEqual({ gallery: 1 });
  });

  it.each([
    [
      '[video mp4="https://x.example/a.mp4"][/video]',
      '<video controls src="https://x.example/a.mp4"></video>',
    ],
    ['[audio https://x.example/a.mp3]', '<audio controls src="https://x.example/a.mp3"></audio>'],
    ['[youtube=https://youtu.be/dQw4w9WgXcQ&rel=0]', 'youtube-nocookie.com/embed/dQw4w9WgXcQ'],
    ['[youtube id=dQw4w9WgXcQ]', 'youtube-nocookie.com/embed/dQw4w9WgXcQ'],
    ['[embed width="3"]https://vimeo.com/76979871[/embed]', 'player.vimeo.com/video/76979871'],
  ])('%s is %s', (content, expected) => {
    expect(html(content)).toContain(expected);
    expect(removed(content)).toEqual({});
  });

  it('of plugins go, what they enclose stays, and each is counted', () => {
    const content =
      'a [et_pb_row]b [foo id="1"]c[/foo] [su_x] [contact-form-7 id="5"] d[/et_pb_row] [foo id=2]';
    expect(html(content)).toBe('<p>a b c   d</p>');
    expect(removed(content)).toEqual({ et_pb_row: 1, foo: 2, su_x: 1, 'contact-form-7': 1 });
  });

  it.each([
    '[sic]',
    '[1]',
    '[...]',
    '[so-called]',
    '[the president said]',
    '[where x = 5]',
    '[Editor: see below]',
    '[]',
    '[ ]',
    '[/i]',
    '[email protected]',
    '[and see <a href="https://x.example/">this</a>]',
    'a[0]',
    '[سلام]',
    '[[a wiki link]]',
  ])('%s is none', (text) => {
    expect(html(`x ${text} y`)).toBe(`<p>x ${text} y</p>`);
    expect(removed(text)).toEqual({});
  });

  it('in double brackets are shown', () => {
    expect(html('[[gallery]] [[foo id="1"]]')).toBe('<p>[gallery] [foo id="1"]</p>');
  });

  it('in tags and code are left alone', () => {
    const content = '<p><a href="[gallery]">x</a> <code>[gallery]</code></p>';
    expect(html(content)).toBe(content);
  });

  it('may cross each other', () => {
    expect(html('[a_a]1[b_b]2[/a_a]3[/b_b]')).toBe('<p>123</p>');
  });
});

describe('time is linear', () => {
  const MEGABYTE = 1_000_000;

  it.each(['[', '<'])('for 5 MB of %p', (piece) =>
    expect(seconds(piece.repeat(5 * MEGABYTE))).toBeLessThan(10),
  );

  it.each([
    '[a ',
    '[a_b]',
    '[[x]]',
    '[caption]',
    '[/x]',
    '<!--',
    '<!-- wp:a ',
    '<!-- wp:a -->',
    '<div>',
    '<pre>',
    '<a "',
    '\n',
    ' ',
    '<br ',
    '<br>    ',
    '[x "',
    '[x a=',
    'http://',
    'http://x\n',
    '</p>',
    '<i>',
  ])('for 1 MB of %p', (piece) => expect(seconds(piece.repeat(MEGABYTE / piece.length))).toBeLessThan(3));

  it('for deep nesting', () => {
    expect(seconds('[caption]'.repeat(100_000) + '[/caption]'.repeat(100_000))).toBeLessThan(3);
    expect(seconds('<div>'.repeat(100_000) + 'x</div>'.repeat(100_000))).toBeLessThan(3);
  });

  function seconds(content: string): number {
    const start = performance.now();
    convertContent(content);
    return (performance.now() - start) / 1000;
  }
});
