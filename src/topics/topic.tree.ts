import { sql } from 'drizzle-orm';
import { rebuildAncestors } from '../articles';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { badInput } from '../core/errors';
import type { Seen } from '../core/revision';
import { lock, prepared, type Tables, type Tx, toJson } from '../database';

/**
 * Hangs topics under other parents (null: under none), with all that is below them and all articles. A parent
 * that is the topic itself or below it would make a circle: that topic goes to the top.
 */
export async function reparentTopics(
  tx: Tx,
  actor: Actor,
  at: Instant,
  parents: ReadonlyMap<number, number | null>,
): Promise<void> {
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  const above = [...parents.values()].flatMap((parent) => parent ?? []);
  const line = await linesOf(tx, [...parents.keys(), ...above]);
  const rows: { id: number; parent_id: number | null }[] = [];
  const former = new Map<number, number | null>();
  for (const [id, wanted] of parents) {
    const parent = wanted !== null && isBelow(line, wanted, id) ? null : wanted;
    const before = line.get(id);
    if (before === undefined || before === parent) continue;
    line.set(id, parent);
    former.set(id, before);
    rows.push({ id, parent_id: parent });
  }
  if (rows.length === 0) return;
  const moved = await tx.rows<Seen>(
    sql`update topics set parent_id = r.parent_id, revision = topics.revision + 1 from ${tx.portable.rows('rows', 'r', { id: 'int', parent_id: 'int' })} where topics.id = r.id returning topics.id, topics.revision`,
    { rows: toJson(rows) },
  );
  await rebuildAncestors(tx, 'topic', [...former.keys()]);
  recordChanges(
    tx,
    actor,
    at,
    moved.map(({ id, revision }) => ({
      ...{ entity: 'TOPIC', entityId: id, op: 'MOVE', revision },
      payload: { before: { parent: former.get(id) } },
    })),
  );
}

/** How far a topic may stand below the top, in steps; what hangs below it may reach twice as far. */
const MAX_DEPTH = 20;

/**
 * @param topic null for one that is not there yet
 * @throws DatelineError BAD_USER_INPUT where the parent is the topic itself, or below it, or too far down
 */
export async function assertMayHang(tx: Tx, topic: number | null, parent: number): Promise<void> {
  const line = await linesOf(tx, [parent]);
  if (topic !== null && isBelow(line, parent, topic))
    throw badInput('parent', '"parent" is the topic itself, or stands below it.');
  if (line.size >= MAX_DEPTH)
    throw badInput('parent', `"parent" has ${line.size - 1} topics above it; ${MAX_DEPTH - 2} are the most.`);
}

/** Hangs a topic under another parent (null: under none), with all that is below it and all articles. */
export async function hangTopic(tx: Tx, id: number, parent: number | null): Promise<void> {
  await tx.execute(sql`update topics set parent_id = ${parent} where id = ${id}`);
  await rebuildAncestors(tx, 'topic', [id]);
}

/** The parents of topics and of everything above them. */
export async function linesOf(tx: Tx, topics: readonly number[]): Promise<Map<number, number | null>> {
  const line = new Map<number, number | null>();
  let next = [...new Set(topics)];
  while (next.length > 0) {
    const rows = await parentsOf(tx, { ids: next });
    for (const { id, parentId } of rows) line.set(id, parentId);
    next = [...new Set(rows.flatMap(({ parentId }) => parentId ?? []))].filter((id) => !line.has(id));
  }
  return line;
}

const parentsOf = prepared<{ ids: number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.topics} where ${portable.among(tables.topics.id, 'ids')}`,
}));

function columns({ topics: t }: Tables) {
  return { id: t.id, parentId: t.parentId };
}

/** Whether `id` is `top` or stands below it. */
export function isBelow(parents: ReadonlyMap<number, number | null>, id: number, top: number): boolean {
  for (let at: number | null = id; at !== null; at = parents.get(at) ?? null) if (at === top) return true;
  return false;
}
