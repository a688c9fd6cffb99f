import { sql } from 'drizzle-orm';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { prepared, type Tables, type Tx, toJson } from '../database';
import { type Revised, raiseRevisions } from './article.revisions';

export interface TranslationLink {
  readonly original: number;
  readonly translation: number;
}

export interface LinkedTranslations {
  /** Whose language is taken by another of the group; nothing was done about them. */
  readonly refused: readonly TranslationLink[];
  /** The articles that have other translations now, with their new revisions. */
  readonly revised: readonly Revised[];
}

/**
 * Makes articles translations of others, and so of all that those have, in the order of the links.
 * @param unseen articles that the same transaction has made: nobody knows them otherwise, and their revisions stay
 */
export async function linkTranslations(
  tx: Tx,
  actor: Actor,
  at: Instant,
  links: readonly TranslationLink[],
  unseen: ReadonlySet<number> = new Set(),
): Promise<LinkedTranslations> {
  if (links.length === 0) return { refused: [], revised: [] };
  await takeTurns(tx);
  const groups = await Groups.read(
    tx,
    links.flatMap(({ original, translation }) => [original, translation]),
  );
  const refused = links.filter((link) => !groups.link(link));
  await write(tx, groups.moved);
  const seen = [...groups.affected].filter((id) => !unseen.has(id));
  return { refused, revised: await raiseRevisions(tx, actor, at, seen) };
}

/** On PostgreSQL two transactions at once could give a group two articles of one language. */
async function takeTurns(tx: Tx): Promise<void> {
  const { settings } = tx.tables;
  await tx
    .insert(settings)
    .values({ name: 'translations', value: '' })
    .onConflictDoUpdate({ target: settings.name, set: { value: '' } });
}

interface Member {
  readonly id: number;
  readonly language: string;
  readonly translationGroup: number | null;
}

/** Groups of articles that translate one another, while they are changed. */
class Groups {
  /** Articles that were put into a group, with its key. */
  readonly moved = new Map<number, number>();
  /** Articles whose list of translations has changed. */
  readonly affected = new Set<number>();
  private readonly groupOf = new Map<number, number>();
  private readonly members = new Map<number, Map<string, number>>();
  private readonly languages = new Map<number, string>();

  static async read(tx: Tx, ids: readonly number[]): Promise<Groups> {
    const named = await membersById(tx, { ids: [...new Set(ids)] });
    const keys = [...new Set(named.map(({ id, translationGroup }) => translationGroup ?? id))];
    const others = await membersByGroup(tx, { groups: keys });
    const groups = new Groups();
    for (const member of [...named, ...others]) groups.add(member);
    return groups;
  }

  /** False where the language of the translation is taken by another. */
  link({ original, translation }: TranslationLink): boolean {
    const group = this.groupOf.get(original);
    const before = this.groupOf.get(translation);
    const language = this.languages.get(translation);
    if (group === undefined || language === undefined || before === undefined) return false;
    // An article that nobody translates is a group of itself, without being told so.
    this.moved.set(original, group);
    if (group === before) return true;
    const members = this.membersOf(group);
    if (members.has(language)) return false;
    const left = this.membersOf(before);
    left.delete(language);
    members.set(language, translation);
    this.groupOf.set(translation, group);
    this.moved.set(translation, group);
    for (const id of [...left.values(), ...members.values()]) this.affected.add(id);
    return true;
  }

  private add({ id, language, translationGroup }: Member): void {
    const group = translationGroup ?? id;
    this.groupOf.set(id, group);
    this.languages.set(id, language);
    this.membersOf(group).set(language, id);
  }

  private membersOf(group: number): Map<string, number> {
    const known = this.members.get(group);
    if (known) return known;
    const members = new Map<string, number>();
    this.members.set(group, members);
    return members;
  }
}

async function write(tx: Tx, moved: ReadonlyMap<number, number>): Promise<void> {
  const rows = [...moved].map(([id, group]) => ({ id, translation_group: group }));
  if (rows.length === 0) return;
  await tx.execute(
    sql`update articles set translation_group = r.translation_group from ${tx.portable.rows('rows', 'r', { id: 'int', translation_group: 'int' })} where articles.id = r.id and articles.translation_group is distinct from r.translation_group`,
    { rows: toJson(rows) },
  );
}

const membersById = prepared<{ ids: number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.articles} where ${portable.among(tables.articles.id, 'ids')}`,
}));

const membersByGroup = prepared<{ groups: number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.articles} where ${portable.among(tables.articles.translationGroup, 'groups')}`,
}));

function columns({ articles: a }: Tables) {
  return { id: a.id, language: a.language, translationGroup: a.translationGroup };
}
