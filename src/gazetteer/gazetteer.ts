import { normalise } from '../core/text';
import type { TopicKind } from '../database';

/** What an entry is called in one language; topics have names of the same shape. */
export interface EntryName {
  readonly language: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Something that articles are about and that is known by its names. */
export interface GazetteerEntry {
  /** The slug of the topic that stands for it. */
  readonly id: string;
  readonly kind: TopicKind;
  /** What it is part of: the id of another entry. */
  readonly parentId: string | null;
  readonly wikidataId: string | null;
  /** ISO 3166-1 alpha-2; null for what is no country. */
  readonly countryCode: string | null;
  /** At least one, by language. */
  readonly names: readonly EntryName[];
}

/** What is known by name: countries and the newsroom's beat. Names are compared as the normaliser spells them. */
export class Gazetteer {
  private readonly byId: ReadonlyMap<string, GazetteerEntry>;
  private readonly byName = new Map<string, GazetteerEntry[]>();

  /** No id twice, every parent among the entries, and nothing part of itself: `readBeat` has seen to it. */
  constructor(readonly entries: readonly GazetteerEntry[]) {
    this.byId = new Map(entries.map((entry) => [entry.id, entry]));
    for (const entry of entries) for (const spelling of spellingsOf(entry)) this.bear(spelling, entry);
  }

  get(id: string): GazetteerEntry | null {
    return this.byId.get(id) ?? null;
  }

  /** All that bear the name, as a name or an alias in any language. */
  named(name: string): readonly GazetteerEntry[] {
    const [written, apart] = spellings(name);
    return this.byName.get(written) ?? this.byName.get(apart) ?? [];
  }

  /** The one that the name means; null where nothing bears it, or several do ("Congo"). */
  meant(name: string): GazetteerEntry | null {
    const [entry, another] = this.named(name);
    return entry !== undefined && another === undefined ? entry : null;
  }

  /** What the entry is part of, from the nearest up: Nangarhar, then Afghanistan. */
  ancestors(entry: GazetteerEntry): readonly GazetteerEntry[] {
    const line: GazetteerEntry[] = [];
    for (let above = this.parent(entry); above !== null; above = this.parent(above)) line.push(above);
    return line;
  }

  private parent({ parentId }: GazetteerEntry): GazetteerEntry | null {
    return parentId === null ? null : this.get(parentId);
  }

  private bear(spelling: string, entry: GazetteerEntry): void {
    const bearers = this.byName.get(spelling);
    if (bearers) bearers.push(entry);
    else this.byName.set(spelling, [entry]);
  }
}

/** Knows nothing. */
export const NO_GAZETTEER = new Gazetteer([]);

function spellingsOf({ names }: GazetteerEntry): Set<string> {
  return new Set(names.flatMap(({ name, aliases }) => [name, ...aliases].flatMap(spellings)));
}

/** As the normaliser has it, and with what a zero-width non-joiner binds written apart, as often as not it is. */
function spellings(name: string): [written: string, apart: string] {
  return [normalise(name), normalise(name.replaceAll(ZERO_WIDTH_NON_JOINER, ' '))];
}

const ZERO_WIDTH_NON_JOINER = '\u200c';
