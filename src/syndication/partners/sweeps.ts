/** Entries of the change log that are about many articles at once, and the lists of articles that they are about. */
import { type ArticleCriteria, PUBLISHED_ARTICLES } from '../../articles';
import type { ChangeEntry } from '../../changes';
import type { Partner } from './partner';
import type { Sweep } from './position';
import type { Terms } from './terms';
import type { TreeFacet, Trees } from './trees';

type Stage = Sweep['stage'];

/** A list of articles, each of which an entry may mean something about. */
export interface SweptList {
  readonly stage: Stage;
  readonly criteria: ArticleCriteria;
  /** The terms until then. */
  readonly had: Terms | null;
}

const FACETS: Readonly<Partial<Record<ChangeEntry['entity'], TreeFacet>>> = {
  CATEGORY: 'category',
  TOPIC: 'topic',
};

/** Whether it tells of something that the partner is entitled to since they were looked up. */
export function isNews({ entity, op, entityId, revision }: ChangeEntry, partner: Partner): boolean {
  return entity === 'API_KEY' && op === 'UPDATE' && entityId === partner.keyId && !partner.knows(revision);
}

/** Whether an entry may be about many articles. Most that are about a subject are not, which `sweepsOf` finds out. */
export function maySweep({ entity, op, entityId, payload }: ChangeEntry, partner: Partner): boolean {
  if (entity === 'API_KEY') return op === 'UPDATE' && entityId === partner.keyId;
  const facet = FACETS[entity];
  if (facet === undefined || !partner.versions.some(({ terms }) => terms?.criteria.selections[facet]))
    return false;
  return op === 'MERGE' || ((op === 'MOVE' || op === 'UPDATE') && (payload === null || 'before' in payload));
}

/** The lists that the entry is about for the partner, one after the other; none where it means nothing to them. */
export function sweepsOf(entry: ChangeEntry, partner: Partner, trees: Trees): readonly SweptList[] {
  if (entry.entity === 'API_KEY') return entitlementSweeps(entry, partner);
  const facet = FACETS[entry.entity];
  if (facet === undefined) return [];
  const terms = partner.termsAt(entry);
  const named = terms?.criteria.selections[facet]?.any;
  if (!named) return [];
  const names = new Set(named.map(({ id }) => id));
  const carriers = {
    stage: 'CARRIERS' as const,
    criteria: {
      ...PUBLISHED_ARTICLES,
      selections: { [facet]: { any: [{ id: entry.entityId, coverage: 0 }], includeDescendants: true } },
    },
  };
  // Who was entitled to what is part of the other now gets all that the other has, which nothing else tells of.
  if (entry.op === 'MERGE' && names.has(mergedIn(entry))) return [{ ...carriers, had: null }];
  const before = trees.lineOf(facet, entry.entityId, entry.seq);
  const after = trees.lineOf(facet, entry.entityId, entry.seq + 1);
  const isAmong = (line: readonly number[]) => line.some((id) => names.has(id));
  return isAmong(before) === isAmong(after) ? [] : [{ ...carriers, had: terms }];
}

/** What is lost comes first: who has room for so much only is not made to have more. */
function entitlementSweeps({ revision }: ChangeEntry, partner: Partner): readonly SweptList[] {
  const had = partner.termsOf(revision - 1);
  const has = partner.termsOf(revision);
  return [
    ...(had ? [{ stage: 'LOSSES' as const, criteria: had.criteria, had }] : []),
    ...(has ? [{ stage: 'GAINS' as const, criteria: has.criteria, had }] : []),
  ];
}

function mergedIn({ payload }: ChangeEntry): number {
  const merged = payload?.merged;
  return typeof merged === 'object' && merged !== null && 'id' in merged ? Number(merged.id) : 0;
}
