import {
  languageTag,
  mapRecord,
  SiteKnowledge,
  type WxrComment,
  type WxrItem,
  type WxrSite,
} from '../../src/importers/wordpress';
import { makeItem } from './wxr-support';

const site: WxrSite = {
  type: 'site',
  line: 1,
  title: '',
  description: '',
  link: '',
  baseSiteUrl: '',
  baseBlogUrl: '',
  language: 'en-US',
  version: '1.2',
  generator: '',
};

function map(overrides: Partial<WxrItem>, knowledge = new SiteKnowledge(site)) {
  return mapRecord(makeItem(overrides), knowledge);
}

function article(overrides: Partial<WxrItem>, knowledge?: SiteKnowledge) {
  const mapped = map(overrides, knowledge);
  if (mapped.kind !== 'article') throw new Error(`expected an article, got ${JSON.stringify(mapped)}`);
  return mapped;
}

function comment(overrides: Partial<WxrComment>): WxrComment {
  return {
    line: 1,
    id: '1',
    author: 'R',
    authorEmail: 'r@example.org',
    authorUrl: '',
    authorIp: '192.0.2.1',
    date: '',
    dateGmt: '2024-06-05 17:00:00',
    content: 'a\n\nb &amp; <b>c</b>',
    approved: '1',
    commentType: '',
    parentId: null,
    userId: null,
    meta: [],
    ...overrides,
  };
}

describe('an article', () => {
  it('has what the item tells', () => {
    const at = Date.UTC(2024, 5, 5, 16);
    expect(article({ sticky: true, excerpt: 'In <b>short</b>' })).toMatchObject({
      externalId: '7',
      articleKind: 'ARTICLE',
      status: 'PUBLISHED',
      title: 'A title',
      slug: 'a-title',
      path: '/2024/06/a-title/',
      canonicalUrl: 'https://news.example/2024/06/a-title/',
      html: '<p>Text</p>',
      excerpt: 'In short',
      publishedAt: at,
      updatedAt: at,
      pinned: true,
      commentsOpen: true,
      authorLogin: 'desk',
      language: 'en-US',
      languageSource: 'site',
      notes: [],
    });
  });

  it.each([
    ['publish', '', 'PUBLISHED'],
    ['future', '', 'SCHEDULED'],
    ['draft', '', 'DRAFT'],
    ['pending', '', 'DRAFT'],
    ['private', '', 'DRAFT'],
    ['publish', 'secret', 'DRAFT'],
    ['future', 'secret', 'DRAFT'],
    ['trash', '', 'WITHDRAWN'],
    ['trash', 'secret', 'WITHDRAWN'],
    ['made-up', '', 'DRAFT'],
    ['', '', 'DRAFT'],
  ])('of status %p and password %p is %s', (status, password, expected) => {
    const mapped = article({ status, password });
    expect(mapped.status).toBe(expected);
    expect(mapped.publishedAt === null).toBe(expected === 'DRAFT');
  });

  it('without a slug has none, and a draft no publication date', () => {
    expect(article({ status: 'draft', postName: '', postDateGmt: '0000-00-00 00:00:00' })).toMatchObject({
      slug: null,
      publishedAt: null,
      createdAt: Date.UTC(2024, 5, 5, 18),
      notes: [{ kind: 'assumed-time-zone', count: 1 }],
    });
  });

  it('decodes its slug and path, and keeps what they say', () => {
    const encoded = '%d8%b3%d9%84%d8%a7%d9%85-dunya';
    expect(article({ postName: encoded, link: `https://n.example/a/${encoded}/` })).toMatchObject({
      slug: 'سلام-dunya',
      path: '/a/سلام-dunya/',
    });
    expect(article({ link: 'https://n.example/?p=5' }).path).toBe('/?p=5');
    expect(article({ link: 'no address' }).path).toBeNull();
    expect(article({ status: 'trash', postName: 'a-title__trashed' }).slug).toBe('a-title');
  });

  it('takes its time from the clock of the site', () => {
    const knowledge = new SiteKnowledge(site);
    knowledge.learn(makeItem());
    expect(article({ postDateGmt: '0000-00-00 00:00:00' }, knowledge)).toMatchObject({
      publishedAt: Date.UTC(2024, 5, 5, 16),
      notes: [],
    });
  });

  it('tells categories in order, tags and terms apart, and none twice', () => {
    const terms = [
      { domain: '', nicename: null, name: 'News' },
      { domain: 'category', nicename: 'news', name: 'News' },
      { domain: 'category', nicename: '%d8%a7', name: 'ا' },
      { domain: 'category', nicename: 'news', name: 'News' },
      { domain: 'tag', nicename: 't', name: 'T' },
      { domain: 'post_tag', nicename: 't', name: 'T' },
      { domain: 'place', nicename: 'kabul', name: 'Kabul' },
      { domain: 'post_format', nicename: 'post-format-video', name: 'Video' },
    ];
    expect(article({ terms })).toMatchObject({
      categories: [
        { taxonomy: 'category', slug: 'news', name: 'News' },
        { taxonomy: 'category', slug: 'ا', name: 'ا' },
      ],
      tags: [{ taxonomy: 'post_tag', slug: 't', name: 'T' }],
      terms: [{ taxonomy: 'place', slug: 'kabul', name: 'Kabul' }],
    });
  });

  it('reads lead image, primary category and old slugs from its meta', () => {
    const meta = [
      { key: '_thumbnail_id', value: '12' },
      { key: '_yoast_wpseo_primary_category', value: '3' },
      { key: '_wp_old_slug', value: 'old' },
      { key: '_wp_old_slug', value: '' },
      { key: '_wp_old_slug', value: 'a-title' },
    ];
    expect(article({ meta })).toMatchObject({
      leadImageId: '12',
      primaryCategoryTermId: '3',
      oldSlugs: ['old'],
    });
    expect(article({ meta: [{ key: '_thumbnail_id', value: '0' }] }).leadImageId).toBeNull();
  });

  it('tells what of its content was removed', () => {
    expect(article({ content: '[foo_bar] [foo_bar]' }).notes).toEqual([
      { kind: 'removed-shortcode', subject: 'foo_bar', count: 2 },
    ]);
  });
});

describe('the language of an article', () => {
  it("is told by Polylang's terms", () => {
    const knowledge = new SiteKnowledge(site);
    const description = 'a:3:{s:6:"locale";s:5:"fa_AF";s:3:"rtl";i:1;s:9:"flag_code";s:2:"af";}';
    knowledge.learn({
      type: 'term',
      line: 1,
      termId: '1',
      taxonomy: 'language',
      slug: 'prs',
      parent: '',
      name: 'دری',
      description,
      meta: [],
    });
    const terms = [
      { domain: 'language', nicename: 'prs', name: 'دری' },
      { domain: 'post_translations', nicename: 'pll_5f', name: 'pll_5f' },
    ];
    expect(article({ terms }, knowledge)).toMatchObject({
      language: 'fa-AF',
      languageSource: 'item',
      translationGroup: 'polylang:pll_5f',
      terms: [],
    });
  });

  it("is told by WPML's meta", () => {
    const meta = [
      { key: '_wpml_import_language_code', value: 'ps' },
      { key: '_wpml_import_translation_group', value: '99' },
    ];
    expect(article({ meta })).toMatchObject({
      language: 'ps',
      languageSource: 'item',
      translationGroup: '_wpml_import_translation_group:99',
    });
  });

  it.each([
    ['fa_IR', 'fa-IR'],
    ['de_DE_formal', 'de-DE'],
    ['EN-us', 'en-US'],
    ['zh_hant_tw', 'zh-Hant-TW'],
    ['', null],
    ['all languages', null],
    ['x', null],
  ])('%p is %p', (text, tag) => expect(languageTag(text)).toBe(tag));
});

describe('comments', () => {
  it('keep their thread, state, person and text', () => {
    expect(article({ comments: [comment({ parentId: '5' })] }).comments).toEqual([
      {
        line: 1,
        externalId: '1',
        parentExternalId: '5',
        authorName: 'R',
        email: 'r@example.org',
        ip: '192.0.2.1',
        at: Date.UTC(2024, 5, 5, 17),
        status: 'APPROVED',
        html: '<p>a</p>\n<p>b &amp; <b>c</b></p>',
        text: 'a\n\nb & c',
      },
    ]);
  });

  it.each([
    ['1', 'APPROVED'],
    ['0', 'PENDING'],
    ['spam', 'SPAM'],
    ['trash', 'REJECTED'],
    ['post-trashed', 'REJECTED'],
    ['made-up', 'PENDING'],
    ['', 'PENDING'],
  ])('of state %p are %s', (approved, status) =>
    expect(article({ comments: [comment({ approved })] }).comments[0]?.status).toBe(status),
  );

  it("that are no readers' words are counted, not carried over", () => {
    const types = ['', 'comment', 'pingback', 'pingback', 'trackback', 'note'];
    const mapped = article({
      comments: types.map((commentType, index) => comment({ id: `${index}`, commentType })),
    });
    expect(mapped.comments).toHaveLength(2);
    expect(mapped.notes).toEqual([
      { kind: 'skipped-comment', subject: 'pingback', count: 2 },
      { kind: 'skipped-comment', subject: 'trackback', count: 1 },
      { kind: 'skipped-comment', subject: 'note', count: 1 },
    ]);
  });
});

describe('other post types', () => {
  it('a page is an article of its own kind', () =>
    expect(article({ postType: 'page' }).articleKind).toBe('PAGE'));

  it.each([
    ['nav_menu_item', 'menus are not carried over'],
    ['revision', 'earlier versions are not carried over'],
    ['event', 'the post type "event" was not asked for'],
  ])('%s is skipped with the reason', (postType, reason) => {
    expect(map({ postType })).toEqual({
      kind: 'skipped',
      line: 1,
      externalId: '7',
      subject: postType,
      reason,
    });
  });

  it('a custom one is an article when it was asked for', () => {
    expect(article({ postType: 'event' }, new SiteKnowledge(site, { postTypes: ['event'] })).postType).toBe(
      'event',
    );
  });

  it('an item without an id is skipped', () =>
    expect(map({ postId: '' })).toMatchObject({ kind: 'skipped', reason: 'it has no post id' }));

  it('an attachment is an image with its description', () => {
    const meta = [
      { key: '_wp_attachment_image_alt', value: 'An &quot;alt&quot;' },
      {
        key: '_wp_attachment_metadata',
        value:
          'a:3:{s:5:"width";i:640;s:6:"height";s:3:"480";s:10:"image_meta";a:1:{s:6:"credit";s:4:"AFP ";}}',
      },
    ];
    const url = 'https://n.example/up/a.JPG?x=1';
    expect(
      map({
        postType: 'attachment',
        status: 'inherit',
        attachmentUrl: url,
        excerpt: '<b>Cap</b>',
        meta,
        parentId: '3',
      }),
    ).toEqual({
      kind: 'image',
      line: 1,
      externalId: '7',
      url,
      title: 'A title',
      alt: 'An "alt"',
      caption: 'Cap',
      credit: 'AFP',
      width: 640,
      height: 480,
      articleExternalId: '3',
    });
    expect(map({ postType: 'attachment', attachmentUrl: 'https://n.example/a.pdf' })).toMatchObject({
      reason: '"pdf" is no image; links to it stay as they are',
    });
    expect(map({ postType: 'attachment' })).toMatchObject({ reason: 'it has no address' });
  });
});

describe('authors and terms', () => {
  const knowledge = new SiteKnowledge(site);

  it('an author without a display name is called by their names or login', () => {
    const author = {
      type: 'author' as const,
      line: 1,
      id: '',
      login: 'ana',
      email: '',
      displayName: '',
      firstName: 'Ana',
      lastName: 'B',
    };
    expect(mapRecord(author, knowledge)).toMatchObject({
      externalId: 'ana',
      displayName: 'Ana B',
      email: null,
    });
  });

  it('a category names its parent by slug', () => {
    const category = {
      type: 'category' as const,
      line: 1,
      termId: '4',
      nicename: '%d8%a7',
      parent: 'all',
      name: 'ا',
      description: '',
      meta: [],
    };
    expect(mapRecord(category, knowledge)).toMatchObject({
      kind: 'category',
      externalId: '4',
      slug: 'ا',
      parentSlug: 'all',
      description: null,
    });
  });

  it('a term of the taxonomy "category" is a category, one of a menu is skipped', () => {
    const term = {
      type: 'term' as const,
      line: 1,
      termId: '4',
      taxonomy: 'category',
      slug: 'a',
      parent: '',
      name: 'A',
      description: '',
      meta: [],
    };
    expect(mapRecord(term, knowledge).kind).toBe('category');
    expect(mapRecord({ ...term, taxonomy: 'nav_menu' }, knowledge)).toMatchObject({
      kind: 'skipped',
      subject: 'nav_menu',
    });
  });
});
