import { redirectPaths } from '../articles';
import type { Tx } from '../database';
import type { GazetteerEntry } from '../gazetteer';
import { describeTopics, reparentTopics, topicsById, topicsOfEntries } from '../topics';
import { bringSubjects, type Changed, type Kept, keptOwn } from './bring-subjects';
import { markOf } from './import-categories';
import type { ImportScope } from './import-scope';
import {
  addSubjects,
  changeSubjects,
  NOTHING,
  type TopicTerm,
  topicContents,
  topicKey,
} from './subject-topics';

/**
 * What the gazetteer knows becomes the topic that it knows; the rest becomes topics of kind SUBJECT. Of terms with
 * parents, the parents have to be here: in an earlier call, or known from an earlier run.
 */
export async function importTopics(tx: Tx, scope: ImportScope, terms: readonly TopicTerm[]): Promise<void> {
  const entryOf = ({ name }: TopicTerm) => scope.gazetteer.meant(name);
  await bringSubjects<TopicTerm>(tx, scope, terms, {
    kind: 'topic',
    counted: 'topics',
    keyOf: topicKey,
    nameOf: ({ taxonomy, slug }) => `The topic of ${taxonomy} "${slug}"`,
    also: (term) => markOf(entryOf(term)?.id),
    add: async (fresh) => {
      const known = await recognised(tx, scope, fresh, entryOf);
      const added = await addSubjects(
        tx,
        scope,
        fresh.filter((term) => !known.has(term)),
      );
      return fresh.map((term) => known.get(term) ?? added.get(term) ?? NOTHING);
    },
    change: async (changed) => {
      const known = await nowRecognised(tx, scope, changed, entryOf);
      await changeSubjects(
        tx,
        scope,
        changed.filter(({ record }) => !known.has(record)),
      );
      return changed.map(({ record, id }) => known.get(record) ?? keptOwn({ id }));
    },
    contents: (ids) => topicContents(tx, ids),
  });
}

type EntryOf = (term: TopicTerm) => GazetteerEntry | null;

/** Those that the gazetteer knows, with the topics that it knows them as. */
async function recognised(
  tx: Tx,
  scope: ImportScope,
  terms: readonly TopicTerm[],
  entryOf: EntryOf,
): Promise<Map<TopicTerm, Kept>> {
  const known = terms.flatMap((term) => {
    const entry = entryOf(term);
    return entry ? [{ term, entry }] : [];
  });
  const topics = await topicsOfEntries(
    { tx, ...scope },
    scope.gazetteer,
    known.map(({ entry }) => entry),
  );
  const moved = known.filter(({ term, entry }) => term.taxonomy === 'post_tag' && term.slug !== entry.id);
  await redirectPaths(
    tx,
    moved.map(({ term, entry }) => ({ path: `/tag/${term.slug}`, target: `/tag/${entry.id}` })),
  );
  const used = new Set<string>();
  return new Map(
    known.map(({ term, entry }) => {
      const { id = 0, isNew = false } = topics.get(entry.id) ?? {};
      const first = !used.has(entry.id);
      used.add(entry.id);
      return [term, { id, own: false, isNew: isNew && first }];
    }),
  );
}

/** The same of those that were topics by themselves: where one has the very slug, it becomes the known one. */
async function nowRecognised(
  tx: Tx,
  scope: ImportScope,
  changed: readonly Changed<TopicTerm>[],
  entryOf: EntryOf,
): Promise<Map<TopicTerm, Kept>> {
  const rows = await topicsById(tx, { ids: changed.map(({ id }) => id) });
  const slugs = new Map(rows.map(({ id, slug }) => [id, slug]));
  const become = changed.flatMap(({ record, id }) => {
    const entry = entryOf(record);
    return entry && slugs.get(id) === entry.id ? [{ id, entry }] : [];
  });
  const { actor, at, gazetteer } = scope;
  await describeTopics(
    tx,
    actor,
    at,
    become.map(({ id, entry: { kind, wikidataId, names } }) => {
      return { id, kind, wikidataId, names, description: null };
    }),
  );
  const parents = become.flatMap(({ entry }) => gazetteer.get(entry.parentId ?? '') ?? []);
  const topics = await topicsOfEntries({ tx, ...scope }, scope.gazetteer, parents);
  await reparentTopics(
    tx,
    actor,
    at,
    new Map(become.map(({ id, entry }) => [id, topics.get(entry.parentId ?? '')?.id ?? null])),
  );
  return recognised(
    tx,
    scope,
    changed.map(({ record }) => record),
    entryOf,
  );
}
