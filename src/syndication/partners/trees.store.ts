import { sql } from 'drizzle-orm';
import { type ArticlePast, parentsOf } from '../../articles';
import type { ChangeEntry } from '../../changes';
import { prepared, type Reader } from '../../database';
import { type Move, type TreeFacet, Trees } from './trees';

/** Milliseconds by which an entry may be dated before one that was committed earlier: clocks differ. */
const SKEW = 3_600_000;

/** The trees above all that the articles ever carried, with the moves from an entry on. */
export async function loadTrees(
  reader: Reader,
  pasts: Iterable<ArticlePast>,
  { seq, at }: Pick<ChangeEntry, 'seq' | 'at'>,
): Promise<Trees> {
  const moves = (await movesFrom(reader, { seq, at: at - SKEW })).flatMap((entry) => moveIn(entry) ?? []);
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

/** Read by their kind, for there are few: a partner who is far behind has all others before them. */
const movesFrom = prepared<{ seq: number; at: number }, ReturnType<typeof columns>>(
  ({ tables: { changes: c }, portable }) => ({
    select: columns({ changes: c }),
    from: sql`${c} where ${c.entity} in ('CATEGORY', 'TOPIC') and ${c.at} >= ${sql.placeholder('at')} and ${portable.unindexed(c.seq)} >= ${sql.placeholder('seq')} and ${c.op} in ('MOVE', 'UPDATE', 'MERGE', 'DELETE') and ${c.payload} is not null order by ${c.seq}`,
  }),
);

function columns({ changes: c }: Pick<Reader['tables'], 'changes'>) {
  return { seq: c.seq, entity: c.entity, entityId: c.entityId, payload: c.payload };
}
