import { sql } from 'drizzle-orm';
import { type ArticlePast, parentsOf } from '../../articles';
import type { ChangeEntry } from '../../changes';
import { prepared, type Reader } from '../../database';
import { type Move, type TreeFacet, Trees } from './trees';

/** The trees above all that the articles ever carried, with the moves from the entry with the number `from` on. */
export async function loadTrees(reader: Reader, pasts: Iterable<ArticlePast>, from: number): Promise<Trees> {
  const moves = (await movesFrom(reader, { from })).flatMap((entry) => moveIn(entry) ?? []);
  const states = [...pasts].flatMap((past) => past.states);
  const line = (facet: TreeFacet, carried: readonly number[]) => {
    const stood = moves
      .filter((move) => move.facet === facet)
      .flatMap(({ id, parent }) => [id, parent ?? id]);
    return parentsOf(reader, facet, [...carried, ...stood]);
  };
  return new Trees(
    {
      category: await line(
        'category',
        states.flatMap(({ categories }) => categories),
      ),
      topic: await line(
        'topic',
        states.flatMap(({ topics }) => topics),
      ),
    },
    moves,
  );
}

/** Where the subject stood before, of an entry that says so. */
export function moveIn({
  seq,
  entity,
  entityId: id,
  payload,
}: Pick<ChangeEntry, 'seq' | 'entity' | 'entityId' | 'payload'>): Move | null {
  const facet = FACETS[entity];
  const before = payload?.before;
  if (facet === undefined || typeof before !== 'object' || before === null || !('parent' in before))
    return null;
  const { parent } = before;
  return parent === null || typeof parent === 'number' ? { seq, facet, id, parent } : null;
}

const FACETS: Readonly<Partial<Record<ChangeEntry['entity'], TreeFacet>>> = {
  CATEGORY: 'category',
  TOPIC: 'topic',
};

const movesFrom = prepared<{ from: number }, ReturnType<typeof columns>>(({ tables: { changes: c } }) => ({
  select: columns({ changes: c }),
  from: sql`${c} where ${c.seq} >= ${sql.placeholder('from')} and ${c.entity} in ('CATEGORY', 'TOPIC') and ${c.op} in ('MOVE', 'UPDATE', 'MERGE', 'DELETE') and ${c.payload} is not null order by ${c.seq}`,
}));

function columns({ changes: c }: Pick<Reader['tables'], 'changes'>) {
  return { seq: c.seq, entity: c.entity, entityId: c.entityId, payload: c.payload };
}
