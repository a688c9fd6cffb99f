/** What somebody outside writes of an article: what it may be, and its columns. */
import type { Instant } from '../core/clock';
import { badInput } from '../core/errors';
import type { ArticleKind } from '../database';
import { checkImage, type ImageDescription } from '../images';
import {
  checkedLanguage,
  checkedPath,
  checkedSlug,
  checkLength,
  checkNotEmpty,
  checkRightsBegin,
  checkTerritories,
  checkWebAddress,
  type LimitedField,
} from './article.checks';
import { ARTICLE_DEFAULTS, type ArticleFields } from './article.content';

/** What is absent stays, null clears; an article that is made has `ARTICLE_DEFAULTS` of what is absent. */
export interface ArticleEdit {
  readonly title?: string | null;
  readonly slug?: string | null;
  readonly path?: string | null;
  readonly canonicalUrl?: string | null;
  readonly language?: string | null;
  readonly kind?: ArticleKind | null;
  readonly standfirst?: string | null;
  readonly html?: string | null;
  readonly dateline?: { readonly place?: string | null; readonly source?: string | null } | null;
  readonly byline?: string | null;
  /** Slugs, as are the four below. */
  readonly authors?: readonly string[] | null;
  readonly categories?: readonly string[] | null;
  /** One of the categories. */
  readonly primaryCategory?: string | null;
  readonly topics?: readonly string[] | null;
  readonly leadImage?: ImageDescription | null;
  readonly pinned?: boolean | null;
  readonly rights?: RightsEdit | null;
}

export interface RightsEdit {
  readonly credit?: string | null;
  readonly licence?: string | null;
  readonly territories?: readonly string[] | null;
  readonly embargoUntil?: Instant | null;
  readonly expiresAt?: Instant | null;
  readonly textAndDataMining?: boolean | null;
}

/** @throws DatelineError BAD_USER_INPUT for what is wrong in itself, before anything is read */
export function checkEdit({ title, html, leadImage, ...edit }: ArticleEdit): void {
  if (title !== undefined) checkNotEmpty('title', needed('title', title));
  if (html != null) checkLength('html', html);
  const { standfirst, byline, canonicalUrl, dateline, rights } = edit;
  const texts: readonly (readonly [LimitedField, string | null | undefined])[] = [
    ['standfirst', standfirst],
    ['byline', byline],
    ['dateline.place', dateline?.place],
    ['dateline.source', dateline?.source],
    ['rights.credit', rights?.credit],
    ['rights.licence', rights?.licence],
  ];
  for (const [field, text] of texts) if (text != null) checkLength(field, text);
  if (canonicalUrl != null) checkWebAddress('canonicalUrl', canonicalUrl);
  if (leadImage != null) checkImage(leadImage, 'leadImage.');
  if (rights?.territories != null) checkTerritories(rights.territories);
}

/** The value of a field that cannot be empty. */
function needed<T>(field: string, value: T | null): T {
  if (value !== null) return value;
  throw badInput(field, `"${field}" cannot be cleared: every article has one. Leave it out to keep it.`);
}

/** The columns of what an edit says in words of its own. */
export function fieldsOf(edit: ArticleEdit): Partial<ArticleFields> {
  const { title, language, kind, standfirst, byline, canonicalUrl, pinned, dateline } = edit;
  return {
    ...(title === undefined ? {} : { title: needed('title', title) }),
    ...(language === undefined ? {} : { language: checkedLanguage(needed('language', language)) }),
    ...(kind === undefined ? {} : { kind: needed('kind', kind) }),
    ...(standfirst === undefined ? {} : { standfirst }),
    ...(byline === undefined ? {} : { byline }),
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
    ...(pinned === undefined ? {} : { pinned: pinned ?? ARTICLE_DEFAULTS.pinned }),
    ...(dateline === null ? { datelinePlace: null, datelineSource: null } : {}),
    ...(dateline?.place === undefined ? {} : { datelinePlace: dateline.place }),
    ...(dateline?.source === undefined ? {} : { datelineSource: dateline.source }),
  };
}

/** The columns of an article's rights when nobody has said anything about them. */
const NO_RIGHTS = {
  credit: ARTICLE_DEFAULTS.credit,
  licence: ARTICLE_DEFAULTS.licence,
  territories: ARTICLE_DEFAULTS.territories,
  embargoUntil: ARTICLE_DEFAULTS.embargoUntil,
  expiresAt: ARTICLE_DEFAULTS.expiresAt,
  textAndDataMining: ARTICLE_DEFAULTS.textAndDataMining,
} as const;

export function rightsOf(
  rights: RightsEdit | null | undefined,
  before: Pick<ArticleFields, 'embargoUntil' | 'expiresAt'>,
): Partial<ArticleFields> {
  if (rights === undefined) return {};
  if (rights === null) return NO_RIGHTS;
  const { credit, licence, territories, embargoUntil, expiresAt, textAndDataMining } = rights;
  checkRightsBegin(
    `rights.${expiresAt === undefined ? 'embargoUntil' : 'expiresAt'}`,
    embargoUntil === undefined ? before.embargoUntil : embargoUntil,
    expiresAt === undefined ? before.expiresAt : expiresAt,
  );
  return {
    ...(credit === undefined ? {} : { credit }),
    ...(licence === undefined ? {} : { licence }),
    ...(territories === undefined ? {} : { territories: territories && [...territories] }),
    ...(embargoUntil === undefined ? {} : { embargoUntil }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(textAndDataMining === undefined
      ? {}
      : { textAndDataMining: textAndDataMining ?? NO_RIGHTS.textAndDataMining }),
  };
}

export function addressesIn({ slug, path }: ArticleEdit): { readonly slug?: string; readonly path?: string } {
  return {
    ...(slug === undefined ? {} : { slug: checkedSlug(needed('slug', slug)) }),
    ...(path === undefined ? {} : { path: checkedPath(needed('path', path)) }),
  };
}
