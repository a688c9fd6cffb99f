import fc from 'fast-check';
import { diffBodies } from '../../src/articles/revisions/diff/blocks';
import { type DiffPart, diffWords } from '../../src/articles/revisions/diff/words';
import type { Actor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { HOUR, NOW } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine, recordStatements } from '../support/engines';
import { type Answered, Newsroom } from '../support/newsroom';

const before = (parts: readonly DiffPart[]) => textOf(parts, 'ADDED');
const after = (parts: readonly DiffPart[]) => textOf(parts, 'REMOVED');

function textOf(parts: readonly DiffPart[], without: string): string {
  return parts.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join('');
}

/** As a person sees it. */
function marked(parts: readonly DiffPart[]): string {
  const marks = { SAME: ['', ''], REMOVED: ['[-', '-]'], ADDED: ['[+', '+]'] } as const;
  return parts.map(({ kind, text }) => `${marks[kind][0]}${text}${marks[kind][1]}`).join('');
}

describe('a text that was changed', () => {
  test.each([
    [
      'en',
      'Six trucks crossed on Monday.',
      'Eight trucks crossed on Tuesday.',
      '[-Six-][+Eight+] trucks crossed on [-Monday-][+Tuesday+].',
    ],
    ['en', 'The old border post', 'The new crossing post', 'The [-old border-][+new crossing+] post'],
    [
      'fa-AF',
      'دروازه تورخم دوشنبه باز شد.',
      'دروازه تورخم سه‌شنبه بسته شد.',
      'دروازه تورخم [-دوشنبه باز-][+سه‌شنبه بسته+] شد.',
    ],
    ['ur', 'کراچی میں بارش', 'لاہور میں بارش', '[-کراچی-][+لاہور+] میں بارش'],
    ['en', 'Same', 'Same', 'Same'],
    ['en', '', 'New', '[+New+]'],
  ])('shows its words in %s', (language, was, is, shown) => {
    expect(marked(diffWords(was, is, language))).toBe(shown);
  });

  test('is made of what stays, what goes and what comes', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', ' ', 'خبر', '\n', '‌', '😀', '.'), { maxLength: 30 });
    fc.assert(
      fc.property(texts, texts, fc.constantFrom('en', 'fa', 'xx-Nonsense'), (one, other, language) => {
        const [was, is] = [one.join(''), other.join('')];
        const parts = diffWords(was, is, language);
        expect(before(parts)).toBe(was);
        expect(after(parts)).toBe(is);
        expect(parts.every(({ text }) => text !== '')).toBe(true);
      }),
      bounded(100),
    );
  });

  test('beyond all likeness is another text, and takes no longer for it', () => {
    const words = (word: string) => Array.from({ length: 3_000 }, (_, n) => `${word}${n}`).join(' ');
    const parts = diffWords(words('a'), words('b'), 'en');
    expect(parts.map(({ kind }) => kind)).toEqual(['REMOVED', 'ADDED']);
  });
});

describe('a body that was changed', () => {
  const shown = (was: string, is: string) =>
    diffBodies(was, is, 'en').blocks.map(({ kind, skipped, parts }) => [kind, skipped, marked(parts)]);
  const paragraphs = (...texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('');

  test('shows the blocks that changed, and those beside them', () => {
    const was = paragraphs('One.', 'Two.', 'Three.', 'The post closed on Monday.', 'Five.', 'Six.', 'Seven.');
    const is = paragraphs(
      'One.',
      'Two.',
      'Three.',
      'New here.',
      'The post closed on Friday.',
      'Five.',
      'Six.',
    );
    expect(shown(was, is)).toEqual([
      ['SAME', 2, 'Three.'],
      ['ADDED', 0, '[+New here.+]'],
      ['CHANGED', 0, 'The post closed on [-Monday-][+Friday+].'],
      ['SAME', 0, 'Five.'],
      ['SAME', 0, 'Six.'],
      ['REMOVED', 0, '[-Seven.-]'],
    ]);
  });

  test('is told also where its words are the same', () => {
    const { blocks } = diffBodies('<p>See <a href="/a">it</a></p>', '<p>See <a href="/b">it</a></p>', 'en');
    expect(blocks).toMatchObject([{ kind: 'CHANGED', parts: [{ kind: 'SAME', text: 'See it' }] }]);
    expect(blocks[0]?.before).toContain('/a');
    expect(blocks[0]?.after).toContain('/b');
  });

  test('is whole on both sides, whatever was done to it', () => {
    const bodies = fc.array(fc.constantFrom('One two.', 'One three.', 'Four five six.', 'Seven.'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(bodies, bodies, (was, is) => {
        const { blocks } = diffBodies(paragraphs(...was), paragraphs(...is), 'en');
        const side = (of: 'before' | 'after') =>
          blocks.flatMap((block) => (block.kind === 'SAME' ? [] : (block[of] ?? [])));
        const skipped = blocks.reduce((sum, block) => sum + block.skipped, 0);
        const same = blocks.filter(({ kind }) => kind === 'SAME').length;
        const trailing = was.length - side('before').length - same - skipped;
        expect(trailing).toBeGreaterThanOrEqual(0);
        expect(is.length - side('after').length - same - skipped).toBe(trailing);
        for (const { kind, parts, before: old, after: now } of blocks) {
          if (kind === 'CHANGED')
            expect([`<p>${before(parts)}</p>`, `<p>${after(parts)}</p>`]).toEqual([old, now]);
        }
      }),
      bounded(100),
    );
  });

  test('altogether is told up to a limit', () => {
    const many = (word: string) => paragraphs(...Array.from({ length: 2_000 }, (_, n) => `${word}${n}`));
    const { blocks, isComplete } = diffBodies(many('a'), many('b'), 'en');
    expect(blocks).toHaveLength(500);
    expect(isComplete).toBe(false);
  });
});

describeEachEngine('the revisions of an article', (store) => {
  const sent = recordStatements();
  let db: Database;
  let article: Answered;
  const clock = heldClock(NOW);
  beforeAll(async () => {
    db = await store.open(sent);
    const newsroom = new Newsroom(db, { clock });
    article = await newsroom.draft({ title: 'Torkham closes', html: '<p>It closed.</p><p>Trucks wait.</p>' });
    clock.advance(HOUR);
    article = await newsroom.to(article, 'updateArticle', {
      title: 'Torkham reopens',
      html: '<p>It opened.</p><p>Trucks wait.</p>',
    });
    article = await newsroom.as(ACTORS.admin).to(article, 'publishArticle');
    article = await newsroom.to(article, 'rollbackArticle', { revision: 1 });
  });
  const ask = <T>(source: string, variables: object, actor: Actor = ACTORS.editor) =>
    new Api(db, { actor, clock }).ask<T>(source, { id: article.id, ...variables });
  const LIST = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    article(id: $id) { revisions(first: $first, after: $after, last: $last, before: $before) {
      totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor } nodes { revision op actor title at }
    } }
  }`;
  interface Listed {
    article: {
      revisions: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string };
        nodes: { revision: number; op: string; actor: string; title: string; at: string }[];
      } | null;
    };
  }
  const DIFF = `query ($id: ID!, $from: Int!, $to: Int) { articleDiff(id: $id, from: $from, to: $to) {
    from { revision } to { revision op }
    fields { field before after parts { kind text } }
    body { isComplete blocks { kind skipped parts { kind text } } }
  } }`;

  test('say who made it what it is, when and by what, the newest first', async () => {
    const { revisions } = (await ask<Listed>(LIST, {})).article;
    expect(revisions?.totalCount).toBe(4);
    expect(revisions?.nodes.map(({ revision, op, actor, title }) => [revision, op, actor, title])).toEqual([
      [4, 'ROLLBACK', 'user:editor', 'Torkham closes'],
      [3, 'PUBLISH', 'user:admin', 'Torkham reopens'],
      [2, 'UPDATE', 'user:editor', 'Torkham reopens'],
      [1, 'CREATE', 'user:editor', 'Torkham closes'],
    ]);
    expect(revisions?.nodes.at(-1)?.at).toBe(new Date(NOW).toISOString());
  });

  test('are paged in both directions', async () => {
    const page = async (variables: object) => {
      const { revisions } = (await ask<Listed>(LIST, variables)).article;
      const { pageInfo, nodes } = revisions ?? { pageInfo: undefined, nodes: [] };
      return { pageInfo, numbers: nodes.map(({ revision }) => revision) };
    };
    const first = await page({ first: 3 });
    expect([first.numbers, first.pageInfo?.hasNextPage]).toEqual([[4, 3, 2], true]);
    const rest = await page({ first: 3, after: first.pageInfo?.endCursor });
    expect([rest.numbers, rest.pageInfo?.hasNextPage]).toEqual([[1], false]);
    const last = await page({ last: 2, before: rest.pageInfo?.startCursor });
    expect([last.numbers, last.pageInfo?.hasPreviousPage]).toEqual([[3, 2], true]);
    expect((await page({ last: 4 })).numbers).toEqual([4, 3, 2, 1]);
    const top = await page({ last: 4, before: last.pageInfo?.startCursor });
    expect([top.numbers, top.pageInfo?.hasPreviousPage]).toEqual([[4], false]);
  });

  test('of many articles are read by as many statements as of one', async () => {
    const newsroom = new Newsroom(db, { clock });
    const count = async (first: number) => {
      const source = `query ($first: Int) { articles(first: $first, filter: { status: [DRAFT, PUBLISHED] }) {
        nodes { revisions(first: 2) { totalCount nodes { revision } } } } }`;
      return (await sent.during(() => ask(source, { first }))).length;
    };
    const one = await count(1);
    for (let n = 0; n < 4; n++) await newsroom.to(await newsroom.draft(), 'updateArticle', { title: `${n}` });
    expect(await count(5)).toBe(one);
  });

  test('differ in what was changed, word by word', async () => {
    const { articleDiff } = await ask<{ articleDiff: { fields: { field: string }[] } }>(DIFF, {
      from: 1,
      to: 2,
    });
    expect(articleDiff).toEqual({
      from: { revision: 1 },
      to: { revision: 2, op: 'UPDATE' },
      fields: [
        {
          field: 'title',
          before: 'Torkham closes',
          after: 'Torkham reopens',
          parts: [
            { kind: 'SAME', text: 'Torkham ' },
            { kind: 'REMOVED', text: 'closes' },
            { kind: 'ADDED', text: 'reopens' },
          ],
        },
      ],
      body: {
        isComplete: true,
        blocks: [
          {
            kind: 'CHANGED',
            skipped: 0,
            parts: [
              { kind: 'SAME', text: 'It ' },
              { kind: 'REMOVED', text: 'closed' },
              { kind: 'ADDED', text: 'opened' },
              { kind: 'SAME', text: '.' },
            ],
          },
          { kind: 'SAME', skipped: 0, parts: [{ kind: 'SAME', text: 'Trucks wait.' }] },
        ],
      },
    });
  });

  test('are compared with the present one, and backwards', async () => {
    const named = async (variables: object) => {
      const { articleDiff } = await ask<{
        articleDiff: { fields: { field: string }[]; body: { blocks: [] } };
      }>(DIFF, variables);
      return [articleDiff.fields.map(({ field }) => field), articleDiff.body.blocks.length];
    };
    expect(await named({ from: 1 })).toEqual([['status', 'publishedAt'], 0]);
    expect(await named({ from: 3, to: 2 })).toEqual([['status', 'publishedAt'], 0]);
    expect(await named({ from: 2, to: 4 })).toEqual([['title', 'status', 'publishedAt'], 2]);
  });

  test.each(['anonymous', 'reader', 'partner'] as const)('are nothing to %s', async (name) => {
    const listed = await ask<Listed>(LIST, {}, ACTORS[name]);
    expect(listed.article.revisions).toBeNull();
    expect(await ask(DIFF, { from: 1 }, ACTORS[name])).toEqual({ articleDiff: null });
  });

  test('that there are not have no difference', async () => {
    expect(await ask(DIFF, { from: 1, to: 99 })).toEqual({ articleDiff: null });
    expect(await ask(DIFF, { id: 'nothing', from: 1 })).toEqual({ articleDiff: null });
  });
});
