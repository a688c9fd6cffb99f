import { decodeSlug } from '../../core/text';
import { coAuthorsOf, type GuestAuthors } from './co-authors';
import { type ConvertedContent, convertContent } from './content';
import { parseRssDate, type ResolvedDate, type SiteClock } from './dates';
import type { GalleryImages } from './gallery-guide';
import { htmlToText } from './html-text';
import type { LanguageGuide } from './item-language';
import { mapAttachment } from './map-attachment';
import { type MappedComments, mapComments } from './map-comments';
import { isSubject, mapAuthor, mapCategory, mapTag, mapTerm } from './map-terms';
import type { PagePaths } from './page-paths';
import type {
  ImportArticle,
  ImportArticleStatus,
  ImportImage,
  ImportNote,
  ImportRecord,
  ImportSkipped,
  ImportTermReference,
} from './records';
import type { WxrItem, WxrRecord, WxrSite, WxrTermReference } from './wxr-record';

/** What is known of the site while its items are mapped. Mapping changes none of it. */
export interface MapContext {
  readonly clock: SiteClock;
  readonly languages: LanguageGuide;
  readonly galleries?: GalleryImages;
  readonly pages?: Pick<PagePaths, 'of'>;
  readonly guestAuthors?: GuestAuthors;
  /** Custom post types that become articles. */
  readonly postTypes?: ReadonlySet<string>;
  /** Whether the export tells comments at all: some are made without. */
  readonly tellsComments?: boolean;
}

/** Maps one record of an export, but for the site itself. Resolves nothing and stores nothing. */
export function mapRecord(record: Exclude<WxrRecord, WxrSite>, context: MapContext): ImportRecord {
  switch (record.type) {
    case 'author':
      return mapAuthor(record);
    case 'category':
      return mapCategory(record);
    case 'tag':
      return mapTag(record);
    case 'term':
      return mapTerm(record);
    case 'item':
      return mapItem(record, context);
  }
}

export function mapItem(item: WxrItem, context: MapContext): ImportArticle | ImportImage | ImportSkipped {
  const reason = reasonToSkip(item, context);
  if (reason !== null) {
    return {
      kind: 'skipped',
      line: item.line,
      externalId: item.postId,
      subject: item.postType || 'item',
      reason,
    };
  }
  return item.postType === 'attachment' ? mapAttachment(item) : mapArticle(item, context);
}

const INTERNAL_TYPES = new Map([
  ['nav_menu_item', 'menus are not carried over'],
  ['revision', 'earlier versions are not carried over'],
]);

function reasonToSkip(item: WxrItem, context: MapContext): string | null {
  if (item.postId === '') return 'it has no post id';
  if (['post', 'page', 'attachment'].includes(item.postType) || context.postTypes?.has(item.postType)) {
    return item.status === 'auto-draft' && item.content === '' && item.title === ''
      ? 'it is an empty draft'
      : null;
  }
  return INTERNAL_TYPES.get(item.postType) ?? `the post type "${item.postType}" was not asked for`;
}

function mapArticle(item: WxrItem, context: MapContext): ImportArticle {
  const status = statusOf(item);
  const created = context.clock.resolve(item.postDateGmt, item.postDate);
  const modified = context.clock.resolve(item.postModifiedGmt, item.postModified);
  const createdAt = created.at ?? parseRssDate(item.pubDate);
  const language = context.languages.of(item);
  const content = convertContent(item.content, context.galleries, item.postId);
  const comments = mapComments(item.comments, context.clock);
  const address = addressOf(item.link);
  return {
    kind: 'article',
    line: item.line,
    externalId: item.postId,
    medium: 'EXPORT',
    articleKind: item.postType === 'page' ? 'PAGE' : 'ARTICLE',
    postType: item.postType,
    status,
    title: item.title,
    slug: slugOf(item),
    path: pathOf(item, address?.path ?? null, context),
    canonicalUrl: address?.url ?? null,
    language: language.language,
    languageSource: language.source,
    translationGroup: language.translationGroup,
    html: content.html,
    excerpt: htmlToText(item.excerpt) || null,
    publishedAt: status === 'DRAFT' ? null : createdAt,
    updatedAt: modified.at ?? createdAt,
    createdAt,
    pinned: item.sticky,
    commentsOpen: item.commentStatus === 'open',
    authorLogin: item.creator || null,
    coAuthors: coAuthorsOf(item, context.guestAuthors ?? new Map()),
    ...termsOf(item),
    primaryCategoryTermId:
      metaId(item, '_yoast_wpseo_primary_category') ?? metaId(item, 'rank_math_primary_category'),
    leadImageId: metaId(item, '_thumbnail_id'),
    oldSlugs: oldSlugsOf(item),
    parentExternalId: item.parentId,
    comments: comments.comments,
    ...(context.tellsComments ? { commentsTold: 'ALL' as const } : {}),
    notes: notesOf(item, content, comments, [created, modified]),
  };
}

/** Never more public than it was: what is not plainly published or scheduled is a draft. */
function statusOf(item: WxrItem): ImportArticleStatus {
  if (item.status === 'trash') return 'WITHDRAWN';
  if (item.password !== '') return 'DRAFT';
  if (item.status === 'publish') return 'PUBLISHED';
  return item.status === 'future' ? 'SCHEDULED' : 'DRAFT';
}

const KNOWN_STATUSES = new Set(['publish', 'future', 'draft', 'pending', 'auto-draft', 'private', 'trash']);

function addressOf(link: string): { url: string; path: string } | null {
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return null;
  const url = new URL(link);
  return { url: url.href, path: decodeSlug(url.pathname) + url.search };
}

/** A page that is no more than a query yet will stand below its parents. */
function pathOf(item: WxrItem, told: string | null, { pages }: MapContext): string | null {
  const plain = told === null || told.includes('?');
  return (plain && item.postType === 'page' ? pages?.of(item) : null) ?? told;
}

/** WordPress marks the slug of what it puts into the bin, so that another post can take it. */
function slugOf(item: WxrItem): string | null {
  return decodeSlug(item.postName).replace(/__trashed(?:-\d+)?$/, '') || null;
}

/** WXR 1.0 names every category twice, the first time as plain RSS does; and it calls tags `tag`. */
function termsOf(item: WxrItem): Pick<ImportArticle, 'categories' | 'tags' | 'terms'> {
  const categories = new Map<string, ImportTermReference>();
  const tags = new Map<string, ImportTermReference>();
  const terms = new Map<string, ImportTermReference>();
  for (const { domain, nicename, name } of item.terms) {
    if (nicename === null || nicename === '') continue;
    const slug = decodeSlug(nicename);
    if (domain === 'category' || domain === '') categories.set(slug, reference('category', slug, name));
    else if (isTag(domain)) tags.set(slug, reference('post_tag', slug, name));
    else if (isSubject(domain)) terms.set(`${domain} ${slug}`, reference(domain, slug, name));
  }
  return { categories: [...categories.values()], tags: [...tags.values()], terms: [...terms.values()] };
}

function isTag(domain: WxrTermReference['domain']): boolean {
  return domain === 'post_tag' || domain === 'tag';
}

function reference(taxonomy: string, slug: string, name: string): ImportTermReference {
  return { taxonomy, slug, name: name || slug };
}

function metaId(item: WxrItem, name: string): string | null {
  const value = item.meta.find(({ key }) => key === name)?.value.trim() ?? '';
  return /^[1-9]\d{0,18}$/.test(value) ? value : null;
}

function oldSlugsOf(item: WxrItem): string[] {
  const slugs = item.meta.filter(({ key }) => key === '_wp_old_slug').map(({ value }) => decodeSlug(value));
  const current = decodeSlug(item.postName);
  return [...new Set(slugs)].filter((slug) => slug !== '' && slug !== current);
}

function notesOf(
  item: WxrItem,
  content: ConvertedContent,
  comments: MappedComments,
  dates: readonly ResolvedDate[],
): ImportNote[] {
  const notes: ImportNote[] = [];
  for (const [subject, count] of comments.skipped) notes.push({ kind: 'skipped-comment', subject, count });
  for (const [subject, count] of content.removed) notes.push({ kind: 'removed-shortcode', subject, count });
  const assumed = comments.assumedDates + dates.filter((date) => date.assumed).length;
  if (assumed > 0) notes.push({ kind: 'assumed-time-zone', subject: 'UTC', count: assumed });
  if (!KNOWN_STATUSES.has(item.status))
    notes.push({ kind: 'unknown-status', subject: item.status, count: 1 });
  if (item.password !== '') notes.push({ kind: 'protected', subject: 'password', count: 1 });
  return notes;
}
