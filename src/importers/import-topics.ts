import { redirectPaths } from '../articles';
import type { Tx } from '../database';
import type { GazetteerEntry } from '../gazetteer';
import { addMissingTopics, describeTopics, namesOfTopics, reparentTopics, topicsById } from '../topics';
import { bringSubjects, type Changed, type Kept } from './bring-subjects';
import { markOf } from './import-categories';
import { findKeys } from './import-keys';
import type { ImportScope } from './import-scope';
import { topicsOfEntries } from './known-topics';
import type { ImportTerm } from './wordpress';

/** A tag or custom term: declared by the file, or only named by an article. */
export type TopicTerm = Pick<
  ImportTerm,
  'line' | 'taxonomy' | 'slug' | 'name' | 'description' | 'parentSlug'
>;

export function topicKey({ taxonomy, slug }: { taxonomy: string; slug: string }): string {
  return `${taxonomy}:${slug}`;
}

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
      return changed.map(({ record, id }) => known.get(record) ?? { id, own: true });
    },
    contents: (ids) => contentsOf(tx, ids),
  });
}

const NOTHING: Kept = { id: 0, own: false };

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
    tx,
    scope,
    known.map(({ entry }) => entry),
  );
  const moved = known.filter(({ term, entry }) => term.taxonomy === 'post_tag' && term.slug !== entry.id);
  await redirectPaths(
    tx,
    moved.map(({ term, entry }) => ({ path: `/tag/${term.slug}`, target: `/tag/${entry.id}` })),
  );
  return new Map(known.map(({ term, entry }) => [term, { id: topics.get(entry.id) ?? 0, own: false }]));
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
  const topics = await topicsOfEntries(tx, scope, parents);
  await reparentTopics(
    tx,
    actor,
    at,
    new Map(become.map(({ id, entry }) => [id, topics.get(entry.parentId ?? '') ?? null])),
  );
  return recognised(
    tx,
    scope,
    changed.map(({ record }) => record),
    entryOf,
  );
}

async function addSubjects(
  tx: Tx,
  scope: ImportScope,
  terms: readonly TopicTerm[],
): Promise<Map<TopicTerm, Kept>> {
  const parents = await parentsOf(tx, scope, terms);
  const found = await addMissingTopics(
    tx,
    scope.actor,
    scope.at,
    terms.map((term) => ({
      slug: term.slug,
      kind: 'SUBJECT' as const,
      parentId: parents.get(term) ?? null,
      description: term.description,
      wikidataId: null,
      names: [nameOf(term, scope)],
    })),
  );
  return new Map(
    terms.map((term, index) => {
      const { id, isNew } = found[index] ?? { id: 0, isNew: false };
      return [term, { id, own: isNew }];
    }),
  );
}

async function changeSubjects(
  tx: Tx,
  scope: ImportScope,
  changed: readonly Changed<TopicTerm>[],
): Promise<void> {
  const { actor, at } = scope;
  await describeTopics(
    tx,
    actor,
    at,
    changed.map(({ id, record }) => ({
      id,
      kind: 'SUBJECT' as const,
      description: record.description,
      wikidataId: null,
      names: [nameOf(record, scope)],
    })),
  );
  const records = changed.map(({ record }) => record);
  const parents = await parentsOf(tx, scope, records);
  await reparentTopics(
    tx,
    actor,
    at,
    new Map(changed.map(({ id, record }) => [id, parents.get(record) ?? null])),
  );
}

function nameOf({ name, slug }: TopicTerm, { language }: ImportScope) {
  return { language, name: name || slug, aliases: [] };
}

/** The topics that terms hang under; a parent that there is none of is told of. */
async function parentsOf(
  tx: Tx,
  { source, report }: ImportScope,
  terms: readonly TopicTerm[],
): Promise<Map<TopicTerm, number>> {
  const parentKey = ({ taxonomy, parentSlug }: TopicTerm) =>
    parentSlug === null ? null : topicKey({ taxonomy, slug: parentSlug });
  const keys = await findKeys(
    tx,
    source,
    'topic',
    terms.flatMap((term) => parentKey(term) ?? []),
  );
  const parents = new Map<TopicTerm, number>();
  for (const term of terms) {
    const wanted = parentKey(term);
    if (wanted === null) continue;
    const key = keys.get(wanted);
    if (key) {
      parents.set(term, key.localId);
      continue;
    }
    const message = `The term "${term.slug}" of ${term.taxonomy}: its parent "${term.parentSlug}" is not in the file`;
    report.note({ line: term.line, lost: true, message });
  }
  return parents;
}

async function contentsOf(tx: Tx, ids: readonly number[]): Promise<Map<number, unknown>> {
  const rows = await topicsById(tx, { ids: [...ids] });
  const names = await namesOfTopics(tx, { topics: [...ids] });
  return new Map(
    rows.map(({ id, kind, parentId, description }) => [
      id,
      [kind, parentId, description, names.filter(({ topicId }) => topicId === id)],
    ]),
  );
}
