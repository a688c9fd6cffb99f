import { sql } from 'drizzle-orm';
import type { Subject } from '../../articles';
import { type NamedKey, prepared, type Reader } from '../../database';
import { formerly } from '../../slugs';
import { partnersByKey } from '../entitlements/entitlement.store';
import { Partner } from './partner';
import { termsOf } from './terms';

type Facet = 'category' | 'topic';

/** The partner who holds the key; null where nobody does. Their terms are as their subjects are called now. */
export async function partnerOf(reader: Reader, publicId: string): Promise<Partner | null> {
  const row = (await partnersByKey(reader, [publicId])).get(publicId);
  if (row === undefined) return null;
  const contents = row.versions.flatMap(({ content }) => (content ? [content] : []));
  const heirs = {
    category: await heirsOf(
      reader,
      'category',
      contents.flatMap(({ categories }) => categories ?? []),
    ),
    topic: await heirsOf(
      reader,
      'topic',
      contents.flatMap(({ topics }) => topics ?? []),
    ),
  };
  return new Partner(
    row.keyId,
    row.versions.map(({ version, at, seq, content }) => ({
      ...{ version, at, seq },
      terms: content && termsOf(content, (facet, { id }) => heirs[facet].get(id) ?? []),
    })),
  );
}

/** What the subjects are now, by the keys that they had. */
async function heirsOf(
  reader: Reader,
  facet: Facet,
  named: readonly NamedKey[],
): Promise<ReadonlyMap<number, readonly Subject[]>> {
  if (named.length === 0) return new Map();
  const present = await subjects[facet](reader, { ids: [...new Set(named.map(({ id }) => id))] });
  const found = new Map(present.map((subject) => [subject.id, [subject]]));
  const gone = named.filter(({ id }) => !found.has(id));
  if (gone.length === 0) return found;
  const heirs = await formerly(
    reader,
    facet,
    gone.map(({ slug }) => slug),
  );
  const rows = await subjects[facet](reader, { ids: [...new Set(heirs.values())] });
  for (const { id, slug } of gone) {
    found.set(
      id,
      rows.filter((subject) => subject.id === heirs.get(slug)),
    );
  }
  return found;
}

const categories = prepared(({ tables: { categories: s }, portable }) => ({
  select: { id: s.id, coverage: s.coverage },
  from: sql`${s} where ${portable.among(s.id, 'ids')}`,
}));

const topics = prepared(({ tables: { topics: s }, portable }) => ({
  select: { id: s.id, coverage: s.coverage },
  from: sql`${s} where ${portable.among(s.id, 'ids')}`,
}));

const subjects = { category: categories, topic: topics };
