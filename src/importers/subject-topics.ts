import type { Tx } from '../database';
import { addMissingTopics, describeTopics, namesOfTopics, reparentTopics, topicsById } from '../topics';
import { type Changed, type Kept, keptAs } from './bring-subjects';
import { findKeys } from './import-keys';
import type { ImportScope } from './import-scope';
import type { ImportTerm } from './wordpress';

/** A tag or custom term: declared by the file, or only named by an article. */
export type TopicTerm = Pick<
  ImportTerm,
  'line' | 'taxonomy' | 'slug' | 'name' | 'description' | 'parentSlug'
>;

export function topicKey({ taxonomy, slug }: { taxonomy: string; slug: string }): string {
  return `${taxonomy}:${slug}`;
}

/** Stands for a row that is not there. */
export const NOTHING: Kept = { id: 0, own: false, isNew: false };

/** Makes topics of terms that nothing is known of, by their slugs. */
export async function addSubjects(
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
  return new Map(terms.map((term, index) => [term, keptAs(found[index] ?? NOTHING)]));
}

/** Gives topics that were made of terms the names and places that the terms have now. */
export async function changeSubjects(
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

/** What an import writes of topics, as it is now. */
export async function topicContents(tx: Tx, ids: readonly number[]): Promise<Map<number, unknown>> {
  const rows = await topicsById(tx, { ids: [...ids] });
  const names = new Map<number, unknown[]>(ids.map((id) => [id, []]));
  for (const { topicId, ...name } of await namesOfTopics(tx, { topics: [...ids] })) {
    names.get(topicId)?.push(name);
  }
  return new Map(
    rows.map(({ id, kind, parentId, description }) => [id, [kind, parentId, description, names.get(id)]]),
  );
}
