/**
 * All countries, by the names that three sources have for them. `known-countries.json` is ours: what each is known by
 * here, at Wikidata, and in the news, where that differs from what the others say ("Ivory Coast", «آمریکا»). The
 * runtime's own CLDR data has the usual name in each of the languages, and is the only one to know Dari. The
 * package i18n-iso-countries has official names and further spellings.
 */
import ar from 'i18n-iso-countries/langs/ar.json';
import en from 'i18n-iso-countries/langs/en.json';
import fa from 'i18n-iso-countries/langs/fa.json';
import ps from 'i18n-iso-countries/langs/ps.json';
import ur from 'i18n-iso-countries/langs/ur.json';
import type { EntryName, GazetteerEntry } from './gazetteer';
import known from './known-countries.json';

interface Language {
  readonly tag: string;
  /** Whose names CLDR is asked for: the usual ones first, then how they are spelt across the border. */
  readonly locales: readonly string[];
  /** By code. */
  readonly names: Readonly<Record<string, string | readonly string[]>>;
}

const LANGUAGES: readonly Language[] = [
  { tag: 'en', locales: ['en'], names: en.countries },
  { tag: 'fa', locales: ['fa'], names: fa.countries },
  { tag: 'fa-AF', locales: ['fa-AF'], names: {} },
  { tag: 'ps', locales: ['ps', 'ps-PK'], names: ps.countries },
  { tag: 'ur', locales: ['ur', 'ur-IN'], names: ur.countries },
  { tag: 'ar', locales: ['ar'], names: ar.countries },
];

interface KnownCountry {
  readonly code: string;
  readonly id: string;
  readonly wikidataId: string;
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

/** Every country, and what has a code like one. */
export function countries(): GazetteerEntry[] {
  const speakers = LANGUAGES.map((language) => ({ language, cldr: cldrNames(language) }));
  return known.map(
    (country: KnownCountry): GazetteerEntry => ({
      id: country.id,
      kind: 'PLACE',
      parentId: null,
      wikidataId: country.wikidataId,
      countryCode: country.code,
      names: speakers.flatMap(({ language, cldr }) => localName(country, language, cldr) ?? []),
    }),
  );
}

type NamesByCode = (code: string) => readonly string[];

/** Where a runtime was built without a language it has no names in it, rather than those of another. */
function cldrNames({ locales }: Language): NamesByCode {
  const sources = Intl.DisplayNames.supportedLocalesOf(locales).flatMap((locale) =>
    (['long', 'short'] as const).map(
      (style) => new Intl.DisplayNames([locale], { type: 'region', style, fallback: 'none' }),
    ),
  );
  return (code) => sources.flatMap((source) => source.of(code) ?? []);
}

function localName(country: KnownCountry, { tag, names }: Language, cldr: NamesByCode): EntryName | null {
  const all = [country.names?.[tag] ?? [], cldr(country.code), names[country.code] ?? []].flat();
  const [name, ...aliases] = new Set(all);
  return name === undefined ? null : { language: tag, name, aliases };
}
