import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { readWxr, type WxrProblem } from '../../src/importers/wordpress';
import { ProblemLog } from '../../src/importers/wordpress/problem-log';
import { XmlMender } from '../../src/importers/wordpress/xml-mender';
import { cdata, HEAD, items, itemXml, kinds, read, stream, TAIL, wxr } from './wxr-support';

const between = (broken: string) => read(wxr(`${itemXml(1)}${broken}${itemXml(9)}`));
const ids = (result: Awaited<ReturnType<typeof read>>) => items(result).map(({ postId }) => postId);

describe('what is broken in one item', () => {
  it('a stray ampersand is text', async () => {
    const result = await between(itemXml(2).replace('Post 2', 'AT&T & co; R&D'));
    expect(items(result)[1]?.title).toBe('AT&T & co; R&D');
    expect(ids(result)).toEqual(['1', '2', '9']);
    expect(result.problems[0]).toMatchObject({
      line: 7,
      column: 16,
      kind: 'stray-character',
      severity: 'mended',
    });
  });

  it('an entity of HTML is what HTML means by it, an unknown one is text', async () => {
    const result = await between(itemXml(2).replace('Post 2', 'a&nbsp;b&bogus;c&eacute;'));
    expect(items(result)[1]?.title).toBe('a b&bogus;cé');
    expect(kinds(result)).toEqual(['unknown-entity', 'unknown-entity', 'unknown-entity']);
  });

  it('control characters are removed', async () => {
    const result = await between(
      itemXml(2, `<content:encoded>${cdata('a\u0008b\u0000c')}d&#x0B;e</content:encoded>`),
    );
    expect(items(result)[1]?.content).toBe('abcde');
    expect(new Set(kinds(result))).toEqual(new Set(['forbidden-character']));
  });

  it('HTML that was not escaped stays in its text', async () => {
    const html = '<p class="a">one<br>two &amp; three</p> 1 < 2';
    const result = await between(itemXml(2, `<content:encoded>${html}</content:encoded>`));
    expect(items(result)[1]?.content).toBe('<p class="a">one<br>two & three</p> 1 < 2');
    expect(ids(result)).toEqual(['1', '2', '9']);
  });

  it('a missing end tag of a field costs nothing', async () => {
    const result = await between('<item><title>Post 2\n<wp:post_id>2</wp:post_id></item>\n');
    expect(items(result)[1]).toMatchObject({ postId: '2', title: 'Post 2' });
    expect(result.problems).toMatchObject([{ kind: 'unclosed-element', line: 8, column: 1 }]);
  });

  it('a missing end tag of an item costs that item only', async () => {
    const result = await between('<item><title>Post 2</title><wp:post_id>2</wp:post_id>\n');
    expect(ids(result)).toEqual(['1', '9']);
    expect(result.problems).toMatchObject([{ kind: 'unclosed-record', severity: 'lost', line: 8 }]);
    expect(result.problems[0]?.message).toContain('line 7');
  });

  it('an end tag without a beginning is passed over', async () => {
    const result = await between(itemXml(2, '</div></content:encoded>'));
    expect(ids(result)).toEqual(['1', '2', '9']);
    expect(kinds(result)).toEqual(['unmatched-end', 'unmatched-end']);
  });

  it('a malformed tag is used as far as it can be read', async () => {
    const result = await between(
      itemXml(
        2,
        '<category domain="category" nicename="say "hi"">C</category><guid isPermaLink=false>g</guid>',
      ),
    );
    expect(items(result)[1]).toMatchObject({
      guid: 'g',
      terms: [{ domain: 'category', nicename: 'say ', name: 'C' }],
    });
    expect(kinds(result)).toEqual(['malformed-tag', 'malformed-tag']);
  });

  it('an unescaped end of CDATA is part of the text', async () => {
    const result = await between(
      itemXml(2, '<content:encoded><![CDATA[x <![CDATA[ y ]]> z]]></content:encoded>'),
    );
    expect(items(result)[1]?.content).toBe('x <![CDATA[ y ]]> z');
    expect(kinds(result)).toEqual(['unescaped-cdata-end']);
  });

  it('text and comments between the fields do no harm', async () => {
    const result = await between(itemXml(2, ' stray <!-- a -- b --> <? ?> '));
    expect(ids(result)).toEqual(['1', '2', '9']);
    expect(kinds(result)).toEqual(['stray-text']);
  });

  it('a comment that never ends is read as text', async () => {
    const result = await between(itemXml(2, '<content:encoded>a <!-- b</content:encoded>'));
    expect(ids(result)).toEqual(['1', '2', '9']);
    expect(items(result)[1]?.content).toBe('a <!-- b');
  });

  it('too long a record is left out and told of', async () => {
    const long = itemXml(
      2,
      `<content:encoded>${cdata('x'.repeat(5000))}</content:encoded><wp:postmeta><wp:meta_key>k</wp:meta_key></wp:postmeta>`,
    );
    const result = await read(wxr(itemXml(1) + long + itemXml(9)), { maxRecordLength: 1000 });
    expect(ids(result)).toEqual(['1', '9']);
    expect(result.problems).toMatchObject([{ kind: 'too-large', severity: 'lost', line: 7 }]);
  });

  it('a flood of faults is told of in short', async () => {
    const result = await between(itemXml(2, `<content:encoded>${'& '.repeat(1000)}</content:encoded>`));
    expect(result.problems).toHaveLength(6);
    expect(result.problems[5]?.message).toContain('995 more');
  });
});

describe('a truncated file', () => {
  const whole = wxr(
    `${itemXml(1)}${itemXml(2, `<content:encoded>${cdata('text')}</content:encoded>`)}${itemXml(3)}`,
  );

  it('gives every item that is whole, wherever it is cut, and says that it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: HEAD.length, max: whole.length - 3 }), async (length) => {
        const result = await read(whole.slice(0, length));
        const complete = whole.slice(0, length).split('</item').length - 1;
        expect(ids(result)).toEqual(['1', '2', '3'].slice(0, complete));
        expect(kinds(result)).toContain('truncated');
      }),
    );
  });

  it('says within which item', async () => {
    const result = await read(wxr(itemXml(1)).replace(/<wp:status>[\s\S]*/, ''));
    expect(result.problems.find(({ kind }) => kind === 'truncated')?.message).toContain('<item> of line 6');
  });
});

describe('what is no export', () => {
  it.each([
    ['an empty file', '', 'not-an-export'],
    ['a web page', '<!DOCTYPE html><html><body><p>Log in</p></body></html>', 'not-an-export'],
    ['text', 'just some text', 'not-an-export'],
    [
      'another XML',
      '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>',
      'not-an-export',
    ],
    [
      'an RSS feed',
      '<rss version="2.0"><channel><title>t</title><item><title>x</title></item></channel></rss>',
      'missing-version',
    ],
  ])('%s is refused', async (_name, text, kind) => {
    const result = await read(text);
    expect(result.records).toEqual([]);
    expect(result.problems.filter(({ severity }) => severity === 'fatal')).toMatchObject([{ kind }]);
  });

  it('random bytes are refused, without an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        const result = await read(bytes);
        expect(result.records).toEqual([]);
        expect(kinds(result)).toContain('not-an-export');
      }),
    );
  });

  it('is given up early, not after reading a disk full of it', async () => {
    let given = 0;
    function* endless() {
      for (; ; given += 1) yield 'nothing of interest '.repeat(1000);
    }
    for await (const record of readWxr(stream(endless()), () => {})) expect(record).toBeUndefined();
    expect(given).toBeLessThan(10);
  });

  it('a warning that PHP printed ahead of the export is passed over', async () => {
    expect(ids(await read(`<br />\n<b>Warning</b>: something\n\n${wxr(itemXml(1))}`))).toEqual(['1']);
  });
});

describe('entity bombs and external entities', () => {
  it('are not expanded, and not fetched', async () => {
    const doctype = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const result = await read(wxr(itemXml(1).replace('Post 1', '&b;&x;')).replace('<rss', `${doctype}<rss`));
    expect(items(result)[0]?.title).toBe('&b;&x;');
    expect(kinds(result)).toEqual(['doctype', 'unknown-entity', 'unknown-entity']);
  });
});

describe('the mender', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<wp:comment>',
      '</wp:comment>',
      '<wp:postmeta>',
      '</wp:postmeta>',
    ),
    fc.constantFrom(
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?',
      '?>',
      '&',
      '&amp;',
      '&nbsp;',
      '<',
      '>',
      '"',
      "='",
      '<b a="',
      '</',
      '<x:y>',
      '<!DOCTYPE',
      ']]',
      '\r',
      '\n',
    ),
    fc.constantFrom(
      '<content:encoded>',
      '</content:encoded>',
      '<wp:term>',
      '</channel>',
      '</rss>',
      '<wp:post_id/>',
      '\u0000',
      '\ud800',
      '\uffff',
    ),
    fc.string({ maxLength: 5 }),
  );
  const mess = fc.array(piece, { maxLength: 60 }).map((pieces) => HEAD + pieces.join(''));

  it('makes well-formed XML of anything', () => {
    fc.assert(
      fc.property(mess, fc.integer({ min: 1, max: 50 }), (text, size) => {
        const errors: string[] = [];
        const parser = new SaxesParser({ xmlns: true, resolvePrefix: (prefix: string) => `urn:${prefix}` });
        parser.on('error', (error) => errors.push(error.message));
        const { xml } = mend(text, size);
        parser.write(xml).close();
        expect(errors.filter((message) => !/duplicate attribute|xmlns/.test(message))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('makes the same of it, however it is cut', () => {
    fc.assert(
      fc.property(mess, fc.integer({ min: 1, max: 50 }), (text, size) => {
        expect(mend(text, size).xml).toBe(mend(text, text.length).xml);
      }),
      { numRuns: 1000 },
    );
  });

  it('lets the reader get through anything without an exception', async () => {
    await fc.assert(
      fc.asyncProperty(mess, async (text) => {
        const { records } = await read(text, { maxRecordLength: 60 });
        expect(records[0]?.type ?? 'site').toBe('site');
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a well-formed export alone, but for white space between its elements', () => {
    const body = itemXml(
      1,
      `<content:encoded> a\n${cdata('<b>&nbsp;]]></b>')}&#10;</content:encoded><description />`,
    );
    const { xml, problems } = mend(wxr(body), 64);
    const expected = wxr(body)
      .replace(/^<\?xml.*\n/, '')
      .replace(/>\s+</g, '><')
      .trimEnd();
    expect(xml).toBe(expected);
    expect(problems).toEqual([]);
  });

  it.each([
    '<',
    '&',
    '<!--',
    '<![CDATA[',
    '<item>',
    '<a b="',
    ']]>',
    '</x>',
    '<title>',
    '<wp:postmeta>',
    '<?x',
    '<!x',
    '&#',
    '<x>',
    '<b>',
  ])('takes time in proportion to a flood of %s', (flood) => {
    const cost = (length: number) => {
      const text = HEAD + flood.repeat(Math.ceil(length / flood.length));
      return Math.min(...[1, 2].map(() => processorTime(() => mend(text, 65_536))));
    };
    // Eight times the length takes eight times as long, or sixty-four times where something is gone over again.
    expect(cost(800_000)).toBeLessThan(24 * Math.max(cost(100_000), 5));
  });

  /** Milliseconds of this process, which other processes do not add to. */
  function processorTime(work: () => void): number {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  }

  function mend(text: string, size: number): { xml: string; problems: WxrProblem[] } {
    const out: string[] = [];
    const problems: WxrProblem[] = [];
    const sink = {
      xml: (part: string) => out.push(part),
      // Knows no name, so that no record goes past what is tested here.
      canonicalName: () => null,
      record: () => {},
      comment: () => {},
      discardRecord: () => {},
    };
    const mender = new XmlMender(sink, new ProblemLog((problem) => problems.push(problem)), {
      maxRecordLength: 1e9,
    });
    for (let at = 0; at < text.length; at += size) mender.write(text.slice(at, at + size));
    mender.end();
    return { xml: out.join(''), problems };
  }
});

it('what follows the end is not read, and told of', async () => {
  const result = await read(wxr(itemXml(1)) + wxr(itemXml(2)));
  expect(ids(result)).toEqual(['1']);
  expect(kinds(result)).toEqual(['trailing-content']);
  expect(TAIL).toContain('</rss>');
});
