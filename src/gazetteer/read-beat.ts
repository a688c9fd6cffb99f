import { z } from 'zod';
import { canonicalLanguageTag, isLanguageTag, slugify, tokens } from '../core/text';
import type { EntryName, GazetteerEntry } from './gazetteer';

/** More is no file that an editor keeps by hand. */
const MAX_ENTRIES = 20_000;
const MAX_NAME_LENGTH = 200;

const KINDS = ['PLACE', 'PERSON', 'ORGANISATION', 'EVENT', 'SUBJECT'] as const;

const name = z
  .string('it has to be text')
  .trim()
  .max(MAX_NAME_LENGTH, `it is longer than ${MAX_NAME_LENGTH} characters`)
  .refine((text) => tokens(text).length > 0, 'there is neither letter nor digit in it');

const entrySchema = z.strictObject({
  id: z
    .string('it has to be text')
    .refine((id) => slugify(id) === id, 'write small letters, digits and hyphens, such as "durand-line"'),
  kind: z.enum(KINDS, `write one of ${KINDS.join(', ')}`).optional(),
  parent: z.string('write the id of another entry or of a country').optional(),
  wikidataId: z
    .string('write a number of Wikidata, such as "Q843"')
    .regex(/^Q[1-9]\d*$/, 'write a number of Wikidata, such as "Q843"')
    .optional(),
  names: z
    .record(
      z.string().refine(isLanguageTag, 'that is no language tag such as en, fa-AF or ps'),
      z.array(name, 'write a list of names').min(1, 'the list is empty'),
      'write the names by language, such as { "en": ["Kabul"] }',
    )
    .refine((names) => Object.keys(names).length > 0, 'there is no name'),
});

type BeatEntry = z.infer<typeof entrySchema>;

export interface Beat {
  /** The countries, with the further names that the beat has for them, then the beat itself. */
  readonly entries: readonly GazetteerEntry[];
  /** A sentence for each thing that is wrong, naming the entry. With one, `entries` must not be used. */
  readonly problems: readonly string[];
}

/** Lays a beat, as a file has it, over the countries. An entry with the id of a country adds names to that. */
export function readBeat(content: unknown, countries: readonly GazetteerEntry[]): Beat {
  if (!Array.isArray(content)) return { entries: [], problems: ['It has to be a list of entries: [ … ].'] };
  if (content.length > MAX_ENTRIES) {
    return { entries: [], problems: [`It has ${content.length} entries; at most ${MAX_ENTRIES} are read.`] };
  }
  const problems: string[] = [];
  const written: { entry: BeatEntry; label: string }[] = [];
  for (const [index, each] of content.entries()) {
    const label = labelOf(each, index);
    const parsed = entrySchema.safeParse(each);
    if (parsed.success) written.push({ entry: parsed.data, label });
    else for (const issue of parsed.error.issues) problems.push(`${label}: ${told(issue)}`);
  }
  const byId = new Map(countries.map((country) => [country.id, country]));
  const own = new Map<string, { entry: GazetteerEntry; label: string }>();
  for (const { entry, label } of written) {
    const country = byId.get(entry.id);
    if (own.has(entry.id)) problems.push(`${label}: there is another entry with this id before it.`);
    else if (country) problems.push(...extendProblems(entry, label));
    else if (entry.kind === undefined)
      problems.push(`${label}: "kind" is missing; write one of ${KINDS.join(', ')}.`);
    own.set(entry.id, { entry: country ? extended(country, entry) : entryOf(entry), label });
  }
  problems.push(...parentProblems(own, byId, new Set(content.flatMap(idOf))));
  const others = countries.filter(({ id }) => !own.has(id));
  return { entries: [...others, ...[...own.values()].map(({ entry }) => entry)], problems };
}

function entryOf({ id, kind, parent, wikidataId, names }: BeatEntry): GazetteerEntry {
  return {
    id,
    kind: kind ?? 'SUBJECT',
    parentId: parent ?? null,
    wikidataId: wikidataId ?? null,
    countryCode: null,
    names: Object.entries(names).map(([language, each]) => localName(language, each)),
  };
}

function localName(language: string, [first = '', ...aliases]: readonly string[]): EntryName {
  return { language: canonicalLanguageTag(language), name: first, aliases };
}

/** The country, which goes on to be called as it was, with the names of the entry behind its own. */
function extended(country: GazetteerEntry, { names }: BeatEntry): GazetteerEntry {
  const added = new Map(
    Object.entries(names).map(([language, each]) => [canonicalLanguageTag(language), each]),
  );
  const present = country.names.map((local): EntryName => {
    const more = (added.get(local.language) ?? []).filter((each) => each !== local.name);
    return { ...local, aliases: [...new Set([...local.aliases, ...more])] };
  });
  const languages = new Set(present.map(({ language }) => language));
  const fresh = [...added].filter(([language]) => !languages.has(language));
  return { ...country, names: [...present, ...fresh.map(([language, each]) => localName(language, each))] };
}

function extendProblems(entry: BeatEntry, label: string): string[] {
  const fixed = (['kind', 'parent', 'wikidataId'] as const).filter((field) => entry[field] !== undefined);
  return fixed.map(
    (field) => `${label}: it is a country, which is given further "names" only; leave "${field}" out.`,
  );
}

type Labelled = { readonly entry: GazetteerEntry; readonly label: string };

function parentProblems(
  own: ReadonlyMap<string, Labelled>,
  countries: ReadonlyMap<string, GazetteerEntry>,
  mentioned: ReadonlySet<string>,
): string[] {
  const problems: string[] = [];
  for (const { entry, label } of own.values()) {
    const { parentId } = entry;
    // An entry that is wrong in itself was told of already: it is there, all the same.
    if (parentId !== null && !countries.has(parentId) && !mentioned.has(parentId))
      problems.push(`${label}: its parent "${parentId}" is neither in this file nor a country.`);
    if (isBelowItself(entry, own)) problems.push(`${label}: by its parents it is a part of itself.`);
  }
  return problems;
}

function isBelowItself(entry: GazetteerEntry, own: ReadonlyMap<string, Labelled>): boolean {
  const seen = new Set<string>();
  for (let id = entry.parentId; id !== null && !seen.has(id); id = own.get(id)?.entry.parentId ?? null) {
    if (id === entry.id) return true;
    seen.add(id);
  }
  return false;
}

function labelOf(entry: unknown, index: number): string {
  const [id] = idOf(entry);
  return id === undefined ? `Entry ${index + 1}` : `Entry ${index + 1}, "${id.slice(0, 60)}"`;
}

function idOf(entry: unknown): string[] {
  return typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string'
    ? [entry.id]
    : [];
}

function told({ path, message, code, ...issue }: z.core.$ZodIssue): string {
  if (code === 'unrecognized_keys' && 'keys' in issue)
    return `there is no field "${issue.keys.join('", "')}" in an entry.`;
  if (code === 'invalid_key' && 'issues' in issue)
    return `"${path.join('.')}": ${issue.issues[0]?.message ?? message}.`;
  if (path.length === 0) return 'it has to be an object: { "id": …, "kind": …, "names": … }.';
  return `"${path.join('.')}": ${message}.`;
}
