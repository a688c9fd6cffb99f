/** The names of a topic as editors change them. */
import { badInput } from '../core/errors';
import { requiredText } from '../core/fields';
import { canonicalLanguageTag, normalise } from '../core/text';
import type { LocalName } from './topic';

/** Characters. */
const MAX_NAME = 200;
const MAX_LANGUAGES = 100;
/** In one language; a merger may leave more. */
const MAX_ALIASES = 50;

/**
 * Names as somebody sends them, each without space around it and without an alias that says nothing new.
 * @throws DatelineError BAD_USER_INPUT that names the place
 */
export function checkedNames(names: readonly LocalName[]): LocalName[] {
  if (names.length === 0) throw badInput('names', 'A topic has at least one name.');
  if (names.length > MAX_LANGUAGES)
    throw badInput('names', `"names" has ${names.length} languages; at most ${MAX_LANGUAGES} are allowed.`);
  const languages = new Set<string>();
  return names.map(({ language, name, aliases }, index) => {
    const tag = canonicalLanguageTag(language);
    if (languages.has(tag)) throw badInput(`names.${index}.language`, `"${tag}" has its names already.`);
    languages.add(tag);
    const checked = requiredText(`names.${index}.name`, name, MAX_NAME);
    const others = aliases.map((alias, at) => requiredText(`names.${index}.aliases.${at}`, alias, MAX_NAME));
    assertFewEnough(others, `names.${index}.aliases`);
    return { language: tag, name: checked, aliases: distinct(others, [checked]) };
  });
}

/** Another name in a language; what it was called there before is still an alias of it. */
export function renamed(names: readonly LocalName[], language: string, name: string): LocalName[] {
  const tag = canonicalLanguageTag(language);
  const checked = requiredText('name', name, MAX_NAME);
  const before = names.find((each) => each.language === tag);
  if (!before) return [...names, { language: tag, name: checked, aliases: [] }];
  const aliases = distinct([before.name, ...before.aliases], [checked]);
  return replaced(names, { language: tag, name: checked, aliases });
}

/** With one alias more, unless the topic is found by it in this language anyway. */
export function withAlias(names: readonly LocalName[], language: string, alias: string): LocalName[] {
  const tag = canonicalLanguageTag(language);
  const checked = requiredText('alias', alias, MAX_NAME);
  const before = names.find((each) => each.language === tag);
  if (!before) throw badInput('language', `The topic has no name in "${tag}" yet: give it one first.`);
  const aliases = distinct([...before.aliases, checked], [before.name]);
  assertFewEnough(aliases, 'alias');
  return replaced(names, { ...before, aliases });
}

/** Without an alias, in whatever spelling; the name itself stays. */
export function withoutAlias(names: readonly LocalName[], language: string, alias: string): LocalName[] {
  const tag = canonicalLanguageTag(language);
  const gone = normalise(alias);
  return names.map((each) =>
    each.language === tag
      ? { ...each, aliases: each.aliases.filter((other) => normalise(other) !== gone) }
      : each,
  );
}

/**
 * The names of two topics that become one. Where both have a name in a language the other's becomes an alias;
 * where only the other has, it is called that.
 */
export function mergedNames(names: readonly LocalName[], others: readonly LocalName[]): LocalName[] {
  const own = names.map((each) => {
    const other = others.find(({ language }) => language === each.language);
    if (!other) return each;
    return { ...each, aliases: distinct([...each.aliases, other.name, ...other.aliases], [each.name]) };
  });
  return [...own, ...others.filter(({ language }) => !names.some((each) => each.language === language))];
}

function replaced(names: readonly LocalName[], name: LocalName): LocalName[] {
  return names.map((each) => (each.language === name.language ? name : each));
}

/** Those that are not among the others, nor repeated, where spelling makes no difference. */
function distinct(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map(normalise));
  return names.filter((name) => {
    const spelling = normalise(name);
    return !known.has(spelling) && known.add(spelling);
  });
}

function assertFewEnough(aliases: readonly string[], field: string): void {
  if (aliases.length <= MAX_ALIASES) return;
  throw badInput(field, `A topic has at most ${MAX_ALIASES} aliases in one language.`);
}
