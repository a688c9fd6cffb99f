import { htmlToText, plainLine } from '../wordpress/html-text';
import { whyNoImage } from '../wordpress/map-attachment';
import { decodeSlug } from '../wordpress/map-terms';
import type {
  ImportAuthor,
  ImportCategory,
  ImportImage,
  ImportSkipped,
  ImportTerm,
} from '../wordpress/records';
import type { Media, Term, User } from './shapes';

/** A term as articles refer to it. */
export interface KnownTerm {
  readonly id: number;
  readonly taxonomy: string;
  /** Decoded. */
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  /** The page that lists its articles. */
  readonly link: string;
  readonly parent: number;
}

export function knownTerm(taxonomy: string, term: Term): KnownTerm {
  const slug = decodeSlug(term.slug);
  return {
    id: term.id,
    taxonomy,
    slug,
    name: plainLine(term.name) || slug,
    description: htmlToText(term.description) || null,
    link: term.link,
    parent: term.parent,
  };
}

export function mapTerm(
  term: KnownTerm,
  terms: ReadonlyMap<number, KnownTerm>,
): ImportCategory | ImportTerm | ImportSkipped {
  const { id, taxonomy, slug, name, description, parent } = term;
  const externalId = String(id);
  if (slug === '')
    return { kind: 'skipped', line: 0, externalId, subject: taxonomy, reason: 'it has no slug' };
  const parentSlug = terms.get(parent)?.slug ?? null;
  const common = { line: 0, externalId, slug, name, description, parentSlug };
  return taxonomy === 'category' ? { kind: 'category', ...common } : { kind: 'term', taxonomy, ...common };
}

export function mapUser({ id, name, slug, email }: User, login: string): ImportAuthor {
  return {
    kind: 'author',
    line: 0,
    externalId: String(id),
    login,
    displayName: plainLine(name) || decodeSlug(slug) || login,
    email: email || null,
  };
}

/** An image with what describes it; any other file is skipped. */
export function mapMedia(item: Media): ImportImage | ImportSkipped {
  const { width, height, image_meta } = item.media_details;
  const externalId = String(item.id);
  const url = URL.canParse(item.source_url) ? item.source_url : null;
  const reason = url === null ? 'it has no address' : whyNoImage(url);
  if (url === null || reason !== null) {
    return { kind: 'skipped', line: 0, externalId, subject: 'attachment', reason: reason ?? '' };
  }
  return {
    kind: 'image',
    line: 0,
    externalId,
    url,
    title: plainLine(item.title.raw ?? item.title.rendered) || null,
    alt: htmlToText(item.alt_text) || null,
    caption: htmlToText(item.caption.raw ?? item.caption.rendered) || null,
    credit: image_meta.credit.trim() || null,
    width,
    height,
    articleExternalId: item.post === 0 ? null : String(item.post),
  };
}
