import { badInput } from '../errors';

export type TextDirection = 'LTR' | 'RTL';

/** The longest language tag that is accepted, in characters; BCP 47 asks for room for 35. */
const MAX_LANGUAGE_TAG_LENGTH = 35;

/**
 * The direction in which a language is written, after the script that its tag names or, without one, the
 * script that the language is usually written in there: `ku` is LTR, `ku-Arab` RTL, `uz` LTR, `uz-AF` RTL.
 * LTR for what is no language tag.
 */
export function directionOf(languageTag: string): TextDirection {
  const known = directions.get(languageTag);
  if (known !== undefined) return known;
  const direction = RTL_SCRIPTS.has(scriptOf(languageTag)) ? 'RTL' : 'LTR';
  if (directions.size < MAX_REMEMBERED) directions.set(languageTag, direction);
  return direction;
}

/** Whether this is a well-formed BCP 47 language tag of at most 35 characters, in any case of letters. */
export function isLanguageTag(tag: string): boolean {
  return canonicalise(tag) !== null;
}

/**
 * The tag in the form in which tags are stored and compared: `FA-ir` is `fa-IR`. Retired and three-letter
 * codes take their present form: `iw` is `he`, `per` is `fa`, and Dari, `prs`, is `fa-AF`.
 *
 * @throws DatelineError BAD_USER_INPUT if it is not a well-formed tag.
 */
export function canonicalLanguageTag(tag: string): string {
  const canonical = canonicalise(tag);
  if (canonical === null) {
    throw badInput(
      'language',
      `${JSON.stringify(tag.slice(0, 50))} is not a language tag such as en, fa-AF or ur-Latn.`,
    );
  }
  return canonical;
}

/** Tags come from clients too: what is remembered must not grow without end. */
const MAX_REMEMBERED = 1000;
const directions = new Map<string, TextDirection>();
const canonicalTags = new Map<string, string | null>();

const RTL_SCRIPTS: ReadonlySet<string> = new Set(
  (
    'Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb ' +
    'Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Syre Syrj Syrn Thaa Todr Yezi'
  ).split(' '),
);

/** The ISO 15924 code, or an empty string when there is none. */
function scriptOf(tag: string): string {
  const canonical = canonicalise(tag);
  return canonical === null ? '' : (new Intl.Locale(canonical).maximize().script ?? '');
}

function canonicalise(tag: string): string | null {
  if (tag.length > MAX_LANGUAGE_TAG_LENGTH) return null;
  const known = canonicalTags.get(tag);
  if (known !== undefined) return known;
  const canonical = canonicalOf(tag);
  if (canonicalTags.size < MAX_REMEMBERED) canonicalTags.set(tag, canonical);
  return canonical;
}

function canonicalOf(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
