import { kept } from './kept';
import { isPhpMap, parsePhpSerialized } from './php-serialized';
import type { WxrItem, WxrTerm } from './wxr-record';

/** Taxonomies of translation plugins: they tell languages, and are no subjects. */
export const LANGUAGE_TAXONOMIES: ReadonlySet<string> = new Set([
  'language',
  'post_translations',
  'term_language',
  'term_translations',
  'translation_priority',
]);

export interface ItemLanguage {
  readonly language: string | null;
  readonly source: 'item' | 'site' | null;
  readonly translationGroup: string | null;
}

/** Where translation plugins leave an item's language in its meta: WPML's own export, then Bogo. */
const LANGUAGE_KEYS = ['_wpml_import_language_code', '_wpml_language_code', '_locale'];
const GROUP_KEYS = ['_wpml_import_translation_group', '_wpml_trid', '_original_post'];

export interface LanguageState {
  readonly site: string | null;
  readonly bySlug: ReadonlyMap<string, string>;
}

/**
 * Knows a site's languages. Polylang keeps them as terms of the taxonomy `language`, whose description holds the
 * locale, and a group of translations as a term of `post_translations`.
 */
export class LanguageGuide {
  /** A language term's slug -> BCP 47. */
  private readonly bySlug = new Map<string, string>();
  private readonly siteLanguage: string | null;

  /** `siteLanguage` as the export writes it: en-US, fa-IR. */
  constructor(siteLanguage: string) {
    this.siteLanguage = languageTag(siteLanguage);
  }

  state(): LanguageState {
    return { site: this.siteLanguage, bySlug: new Map(this.bySlug) };
  }

  /** Adds what another guide to the same site has learned. */
  restore({ bySlug }: LanguageState): void {
    for (const [slug, tag] of bySlug) this.bySlug.set(slug, tag);
  }

  learn(term: WxrTerm): void {
    if (term.taxonomy !== 'language') return;
    const details = parsePhpSerialized(term.description);
    const locale = isPhpMap(details) ? details.get('locale') : undefined;
    const tag = languageTag(typeof locale === 'string' ? locale : term.slug);
    if (tag !== null) this.bySlug.set(kept(term.slug), tag);
  }

  of(item: WxrItem): ItemLanguage {
    const told = this.toldByTerm(item) ?? this.toldByMeta(item);
    return {
      language: told ?? this.siteLanguage,
      source: told !== null ? 'item' : this.siteLanguage === null ? null : 'site',
      translationGroup: groupOf(item),
    };
  }

  private toldByTerm(item: WxrItem): string | null {
    const slug = item.terms.find((term) => term.domain === 'language')?.nicename;
    return slug ? (this.bySlug.get(slug) ?? languageTag(slug)) : null;
  }

  private toldByMeta(item: WxrItem): string | null {
    for (const name of LANGUAGE_KEYS) {
      const tag = languageTag(item.meta.find(({ key }) => key === name)?.value ?? '');
      if (tag !== null) return tag;
    }
    return null;
  }
}

/** BCP 47 in its usual spelling; null for what is none. WordPress writes fa_IR, and de_DE_formal. */
export function languageTag(text: string): string | null {
  const candidate = text
    .trim()
    .replaceAll('_', '-')
    .replace(/-(?:formal|informal|ao90|valencia)$/, '');
  if (!/^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}$/.test(candidate)) return null;
  try {
    return Intl.getCanonicalLocales(candidate)[0] ?? null;
  } catch {
    return null;
  }
}

function groupOf(item: WxrItem): string | null {
  const slug = item.terms.find((term) => term.domain === 'post_translations')?.nicename;
  if (slug) return `polylang:${slug}`;
  for (const name of GROUP_KEYS) {
    const value = item.meta.find(({ key }) => key === name)?.value.trim();
    if (value) return `${name}:${value}`;
  }
  return null;
}
