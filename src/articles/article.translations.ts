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
  const seen = [...groups.affected].filter((id) => !unseen.has(id));
  const revised = await raiseRevisions(tx, actor, at, seen, { op: 'LINK', changed: ['translations'] });
  await write(tx, groups.moved);
  return { refused, revised };
}

/** Takes an article out of the group of those that translate one another. Nothing where it has no translations. */
export async function unlinkTranslation(tx: Tx, actor: Actor, at: Instant, id: number): Promise<Revised[]> {
  await takeTurns(tx);
  const groups = await Groups.read(tx, [id]);
  groups.unlink(id);
  const revised = await raiseRevisions(tx, actor, at, [...groups.affected], {
    op: 'UNLINK',
    changed: ['translations'],
  });
  await write(tx, groups.moved);
  return revised;
}

/** Whether another of the article's translations is in the language already. */
export async function isLanguageTaken(
  tx: Tx,
  group: number | null,
  id: number,
  language: string,
): Promise<boolean> {
  if (group === null) return false;
  await takeTurns(tx);
  const members = await membersByGroup(tx, { groups: [group] });
  return members.some((member) => member.id !== id && member.language === language);
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
  readonly moved = new Map<number, number | null>();
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
    this.leave(translation, before, language);
    members.set(language, translation);
    this.groupOf.set(translation, group);
    this.moved.set(translation, group);
    for (const id of members.values()) this.affected.add(id);
    return true;
  }

  /** The article stands for itself from now on. */
  unlink(id: number): void {
    const group = this.groupOf.get(id);
    const language = this.languages.get(id);
    if (group === undefined || language === undefined || this.membersOf(group).size < 2) return;
    this.leave(id, group, language);
    this.groupOf.set(id, id);
    this.moved.set(id, null);
    this.affected.add(id);
  }

  /**
   * Those that stay behind take the key of another of them where the group had that of who leaves: an article
   * that is on its own goes by its own key.
   */
  private leave(id: number, group: number, language: string): void {
    const left = this.membersOf(group);
    left.delete(language);
    for (const member of left.values()) this.affected.add(member);
    if (group !== id || left.size === 0) return;
    const key = Math.min(...left.values());
    this.members.delete(group);
    this.members.set(key, left);
    for (const member of left.values()) {
      this.groupOf.set(member, key);
      this.moved.set(member, key);
    }
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

async function write(tx: Tx, moved: ReadonlyMap<number, number | null>): Promise<void> {
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
