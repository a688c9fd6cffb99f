import { decodeSlug } from '../../core/text';
import { CO_AUTHORS } from './co-authors';
import { htmlToText } from './html-text';
import { LANGUAGE_TAXONOMIES } from './item-language';
import type { ImportAuthor, ImportCategory, ImportSkipped, ImportTerm } from './records';
import type { WxrAuthor, WxrCategory, WxrTag, WxrTerm } from './wxr-record';

/** Taxonomies that WordPress keeps for itself. */
const INTERNAL_TAXONOMIES = new Set([
  'nav_menu',
  'link_category',
  'post_format',
  'wp_theme',
  'wp_template_part_area',
  'wp_pattern_category',
  CO_AUTHORS,
]);

export function mapAuthor(author: WxrAuthor): ImportAuthor {
  const fullName = `${author.firstName} ${author.lastName}`.trim();
  return {
    kind: 'author',
    line: author.line,
    externalId: author.id === '' ? author.login : author.id,
    login: author.login,
    displayName: author.displayName || fullName || author.login,
    email: author.email || null,
  };
}

export function mapCategory(category: WxrCategory): ImportCategory | ImportSkipped {
  if (category.nicename === '') return withoutSlug(category.line, category.termId, 'category');
  return {
    kind: 'category',
    line: category.line,
    externalId: category.termId || null,
    slug: decodeSlug(category.nicename),
    name: category.name || decodeSlug(category.nicename),
    description: htmlToText(category.description) || null,
    parentSlug: decodeSlug(category.parent) || null,
  };
}

export function mapTag(tag: WxrTag): ImportTerm | ImportCategory | ImportSkipped {
  return mapTerm({ ...tag, type: 'term', taxonomy: 'post_tag', parent: '' });
}

/** Some exporters write categories as terms of the taxonomy `category`. */
export function mapTerm(term: WxrTerm): ImportTerm | ImportCategory | ImportSkipped {
  if (term.taxonomy === 'category') return mapCategory({ ...term, type: 'category', nicename: term.slug });
  if (term.slug === '') return withoutSlug(term.line, term.termId, term.taxonomy);
  if (!isSubject(term.taxonomy)) {
    const reason = `terms of "${term.taxonomy}" are WordPress's or a plugin's own`;
    return { kind: 'skipped', line: term.line, externalId: term.termId, subject: term.taxonomy, reason };
  }
  return {
    kind: 'term',
    line: term.line,
    externalId: term.termId || null,
    taxonomy: term.taxonomy,
    slug: decodeSlug(term.slug),
    name: term.name || decodeSlug(term.slug),
    description: htmlToText(term.description) || null,
    parentSlug: decodeSlug(term.parent) || null,
  };
}

/** Whether terms of this taxonomy say what an article is about. */
export function isSubject(taxonomy: string): boolean {
  return taxonomy !== '' && !INTERNAL_TAXONOMIES.has(taxonomy) && !LANGUAGE_TAXONOMIES.has(taxonomy);
}

function withoutSlug(line: number, externalId: string, subject: string): ImportSkipped {
  return { kind: 'skipped', line, externalId, subject: subject || 'term', reason: 'it has no slug' };
}

// Slugs are decoded as those of requests are, so that what a site links to is found.
export { decodeSlug };
