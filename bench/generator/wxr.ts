import { makeLives } from './lives';
import { body, headline, standfirst } from './prose';
import { Random, zipf } from './random';
import { noRows, type Rows } from './rows';
import { AUTHOR_COUNT, makeSubjects, TOPIC_COUNT } from './subjects';
import type { Language } from './words';
import { wxrComments } from './wxr-comments';
import { cdata, head, meta, mysqlDate, rssDate, TAIL } from './wxr-xml';

export interface WxrOptions {
  readonly posts: number;
  /** A post, on average. */
  readonly comments: number;
  readonly seed: number;
}

const ADDRESS = 'https://bench.example';
const LANGUAGES: readonly Language[] = ['en', 'fa', 'ps', 'ur', 'ar'];
/** Tags that posts carry; the others of the generated topics would only stand in the head of the file. */
const TAG_COUNT = TOPIC_COUNT / 2;
const FIRST_TAG_TERM = 1_000;
const STATUSES = ['draft', 'pending', 'private', 'future', 'trash'] as const;

/** The text of an export, an item at a time: authors, a tree of categories, tags, then posts among attachments. */
export function* wxrExport(options: WxrOptions): Generator<string, void, undefined> {
  const random = new Random(options.seed);
  const subjects = noRows();
  makeSubjects(random, subjects);
  yield head('Dateline Bench', ADDRESS, 'en-US');
  yield* terms(subjects);
  const posts = new PostMaker(random, options, subjects);
  for (let number = 1; number <= options.posts; number++) yield posts.make(number);
  yield TAIL;
}

function* terms({ authors, categories, topics }: Rows): Generator<string, void, undefined> {
  for (const { id, slug, name } of authors) {
    yield `\t<wp:author><wp:author_id>${id}</wp:author_id><wp:author_login>${cdata(slug)}</wp:author_login><wp:author_email>${cdata(`${slug}@bench.example`)}</wp:author_email><wp:author_display_name>${cdata(name)}</wp:author_display_name><wp:author_first_name>${cdata('')}</wp:author_first_name><wp:author_last_name>${cdata('')}</wp:author_last_name></wp:author>\n`;
  }
  // As WordPress does not promise to do: children before their parents.
  for (const { id, slug, name, parentId, description } of categories.toReversed()) {
    const parent = categories.find((other) => other.id === parentId)?.slug ?? '';
    yield `\t<wp:category><wp:term_id>${id}</wp:term_id><wp:category_nicename>${cdata(slug)}</wp:category_nicename><wp:category_parent>${cdata(parent)}</wp:category_parent><wp:cat_name>${cdata(name)}</wp:cat_name><wp:category_description>${cdata(description ?? '')}</wp:category_description></wp:category>\n`;
  }
  for (const { id, slug, name } of topics.slice(0, TAG_COUNT)) {
    yield `\t<wp:tag><wp:term_id>${FIRST_TAG_TERM + (id ?? 0)}</wp:term_id><wp:tag_slug>${cdata(slug)}</wp:tag_slug><wp:tag_name>${cdata(name)}</wp:tag_name></wp:tag>\n`;
  }
}

class PostMaker {
  private id = 0;
  private commentId = 0;
  /** The comments of the next post, so that two posts always have twice the average. */
  private owed: number | null = null;
  private readonly lifeOf: ReturnType<typeof makeLives>;
  private readonly pickAuthor = zipf(AUTHOR_COUNT, 0.6);
  private readonly pickTag = zipf(TAG_COUNT, 1, 8);
  private readonly pickCategory: (random: Random) => number;

  constructor(
    private readonly random: Random,
    private readonly options: WxrOptions,
    private readonly subjects: Rows,
  ) {
    this.lifeOf = makeLives(random, options.posts);
    this.pickCategory = zipf(subjects.categories.length, 0.8);
  }

  make(number: number): string {
    const { random } = this;
    const attachment = random.chance(0.6) ? this.attachment(number) : null;
    const post = this.post(number, attachment?.id ?? null);
    if (attachment === null) return post;
    // An image may be uploaded before its article or, as it seems to the reader of the file, long after.
    return random.chance(0.8) ? attachment.xml + post : post + attachment.xml;
  }

  private post(number: number, imageId: number | null): string {
    const { random } = this;
    const id = ++this.id;
    const language = random.pick(LANGUAGES);
    const { kind, publishedAt, createdAt, updatedAt } = this.lifeOf(number);
    const title = headline(random, language);
    const slug = `${slugOf(title)}-${id}`;
    const at = publishedAt ?? createdAt;
    const isPage = kind === 'PAGE';
    const status = random.chance(0.04) ? random.pick(STATUSES) : 'publish';
    const link = isPage
      ? `${ADDRESS}/${slug}/`
      : `${ADDRESS}/${mysqlDate(at).slice(0, 7).replace('-', '/')}/${slug}/`;
    const author = this.subjects.authors[this.pickAuthor(random)]?.slug ?? '';
    const comments = wxrComments(random, language, at, this.commentCount(number), () => ++this.commentId);
    return `\t<item>
\t\t<title>${cdata(title)}</title>
\t\t<link>${link}</link>
\t\t<pubDate>${rssDate(at)}</pubDate>
\t\t<dc:creator>${cdata(author)}</dc:creator>
\t\t<guid isPermaLink="false">${ADDRESS}/?p=${id}</guid>
\t\t<description></description>
\t\t<content:encoded>${cdata(blocks(random, language))}</content:encoded>
\t\t<excerpt:encoded>${cdata(standfirst(random, language))}</excerpt:encoded>
\t\t<wp:post_id>${id}</wp:post_id>
${dates(at, updatedAt)}\t\t<wp:comment_status>${cdata(random.chance(0.9) ? 'open' : 'closed')}</wp:comment_status>
\t\t<wp:ping_status>${cdata('open')}</wp:ping_status>
\t\t<wp:post_name>${cdata(encodeURIComponent(slug).toLowerCase())}</wp:post_name>
\t\t<wp:status>${cdata(status)}</wp:status>
\t\t<wp:post_parent>0</wp:post_parent>
\t\t<wp:menu_order>0</wp:menu_order>
\t\t<wp:post_type>${cdata(isPage ? 'page' : 'post')}</wp:post_type>
\t\t<wp:post_password>${cdata('')}</wp:post_password>
\t\t<wp:is_sticky>${random.chance(0.001) ? 1 : 0}</wp:is_sticky>
${isPage ? '' : this.termsOfPost()}${this.meta(imageId, slug)}${comments}\t</item>
`;
  }

  private termsOfPost(): string {
    const { random, subjects } = this;
    const categories = draw(random.between(1, 3), () => this.pickCategory(random));
    const tags = draw(random.between(2, 7), () => this.pickTag(random));
    const reference = (domain: string, subject: { slug: string; name: string } | undefined) =>
      subject
        ? `\t\t<category domain="${domain}" nicename="${subject.slug}">${cdata(subject.name)}</category>\n`
        : '';
    return [
      ...categories.map((place) => reference('category', subjects.categories[place])),
      ...tags.map((place) => reference('post_tag', subjects.topics[place])),
    ].join('');
  }

  private meta(imageId: number | null, slug: string): string {
    const { random } = this;
    let text = meta('_edit_last', String(random.between(1, AUTHOR_COUNT)));
    if (imageId !== null) text += meta('_thumbnail_id', String(imageId));
    if (random.chance(0.1)) text += meta('_wp_old_slug', `old-${encodeURIComponent(slug).toLowerCase()}`);
    if (random.chance(0.3)) {
      text += meta(
        '_yoast_wpseo_primary_category',
        String(random.between(1, this.subjects.categories.length)),
      );
    }
    return text;
  }

  private attachment(number: number): { id: number; xml: string } {
    const { random } = this;
    const id = ++this.id;
    const { createdAt } = this.lifeOf(number);
    const [width, height] = [1600, random.pick([900, 1067, 1200])];
    const caption = headline(random, 'en');
    const file = `${mysqlDate(createdAt).slice(0, 7).replace('-', '/')}/image-${id}.jpg`;
    const url = `${ADDRESS}/wp-content/uploads/${file}`;
    const details = `a:3:{s:5:"width";i:${width};s:6:"height";i:${height};s:4:"file";s:${file.length}:"${file}";}`;
    const xml = `\t<item>
\t\t<title>${cdata(`image-${id}`)}</title>
\t\t<link>${ADDRESS}/image-${id}/</link>
\t\t<pubDate>${rssDate(createdAt)}</pubDate>
\t\t<dc:creator>${cdata('')}</dc:creator>
\t\t<guid isPermaLink="false">${url}</guid>
\t\t<description></description>
\t\t<content:encoded>${cdata('')}</content:encoded>
\t\t<excerpt:encoded>${cdata(caption)}</excerpt:encoded>
\t\t<wp:post_id>${id}</wp:post_id>
${dates(createdAt, createdAt)}\t\t<wp:comment_status>${cdata('closed')}</wp:comment_status>
\t\t<wp:ping_status>${cdata('closed')}</wp:ping_status>
\t\t<wp:post_name>${cdata(`image-${id}`)}</wp:post_name>
\t\t<wp:status>${cdata('inherit')}</wp:status>
\t\t<wp:post_parent>0</wp:post_parent>
\t\t<wp:menu_order>0</wp:menu_order>
\t\t<wp:post_type>${cdata('attachment')}</wp:post_type>
\t\t<wp:post_password>${cdata('')}</wp:post_password>
\t\t<wp:is_sticky>0</wp:is_sticky>
\t\t<wp:attachment_url>${cdata(url)}</wp:attachment_url>
${meta('_wp_attached_file', file)}${meta('_wp_attachment_metadata', details)}${meta('_wp_attachment_image_alt', caption)}\t</item>
`;
    return { id, xml };
  }

  /** Two posts together have twice the average; the last of an odd number has the average. */
  private commentCount(number: number): number {
    const { comments, posts } = this.options;
    const { owed } = this;
    this.owed = null;
    if (owed !== null) return owed;
    if (number === posts) return comments;
    const count = this.random.between(0, 2 * comments);
    this.owed = 2 * comments - count;
    return count;
  }
}

function blocks(random: Random, language: Language): string {
  const written = body(random, language).blocks.map((block) => {
    if (block.type === 'heading')
      return `<!-- wp:heading -->\n<h2 class="wp-block-heading">${inner(block.html)}</h2>\n<!-- /wp:heading -->`;
    if (block.type === 'quote')
      return `<!-- wp:quote -->\n<blockquote class="wp-block-quote">${inner(block.html)}</blockquote>\n<!-- /wp:quote -->`;
    return `<!-- wp:paragraph -->\n${block.type === 'paragraph' ? block.html : ''}\n<!-- /wp:paragraph -->`;
  });
  if (random.chance(0.1)) written.push('<!-- wp:latest-posts {"postsToShow":3} /-->');
  return written.join('\n\n');
}

/** Without the one element that it is. */
function inner(html: string): string {
  return html.slice(html.indexOf('>') + 1, html.lastIndexOf('<'));
}

function dates(at: number, updatedAt: number): string {
  const kabul = 4.5 * 3_600_000;
  return `\t\t<wp:post_date>${cdata(mysqlDate(at + kabul))}</wp:post_date>
\t\t<wp:post_date_gmt>${cdata(mysqlDate(at))}</wp:post_date_gmt>
\t\t<wp:post_modified>${cdata(mysqlDate(updatedAt + kabul))}</wp:post_modified>
\t\t<wp:post_modified_gmt>${cdata(mysqlDate(updatedAt))}</wp:post_modified_gmt>
`;
}

/** Letters of any script stay, as in WordPress; the length is far below its limit. */
function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, 50)
    .replace(/^-|-[^-]*$/g, '');
}

function draw(count: number, pick: () => number): number[] {
  const drawn = new Set<number>();
  for (let tries = 0; drawn.size < count && tries < count * 20; tries++) drawn.add(pick());
  return [...drawn];
}
