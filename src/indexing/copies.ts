/**
 * Which articles are copies of each other: the same wire story in several columns, with another headline, an
 * introduction more or a paragraph less. Kept in the transaction that writes a text.
 */
import { type SQL, sql } from 'drizzle-orm';
import { areCopies, bucketsOf, SIGNATURE_BINS } from '../core/text';
import { prepared, type Tables, type Tx, toJson } from '../database';

/** An article with its text, as far as copies are concerned. */
export interface SignedText {
  readonly articleId: number;
  /** Null where the text is too short for one. */
  readonly signature: Uint8Array | null;
}

/** A bucket has room for every key of an article. */
const KEYS = 2 ** 31;
/** Articles of a bucket that are looked at, the newest: where hundreds are alike, each hangs together with the last. */
const DEPTH = 16;

const inBuckets = prepared<{ buckets: readonly number[] }, { number: SQL<number> }>(
  ({ tables, portable }) => {
    const first = sql`cast(p.value as bigint) * ${sql.raw(String(KEYS))}`;
    const pick = sql`signature_buckets as x where x.number >= ${first} and x.number < ${first} + ${sql.raw(String(KEYS))} order by x.number desc limit ${sql.raw(String(DEPTH))}`;
    return {
      gathered: true,
      select: { number: sql<number>`b.number`.mapWith(Number) },
      from: sql`${portable.each('buckets', 'p', 'int')} ${portable.joinTop(sql`${tables.signatureBuckets}`, 'b', 'x', pick)}`,
    };
  },
);

const signatures = prepared<
  { ids: readonly number[] },
  Pick<Tables['articleSignatures'], 'articleId' | 'signature'>
>(({ tables: { articleSignatures: s }, portable }) => ({
  select: { articleId: s.articleId, signature: s.signature },
  from: sql`${s} where ${portable.among(s.articleId, 'ids')}`,
}));

/** The signatures of many articles in one text: to read a buffer of each takes several times as long. */
const manySignatures = prepared<
  { ids: readonly number[] },
  { ids: SQL<string | null>; digits: SQL<string | null> }
>(({ tables: { articleSignatures: s }, portable }) => ({
  select: {
    ids: portable.joined(sql`cast(${s.articleId} as text)`, ' '),
    digits: portable.joined(portable.hex(s.signature), ''),
  },
  from: sql`${s} where ${portable.among(s.articleId, 'ids')} and length(${s.signature}) = ${sql.raw(String(SIGNATURE_BINS))}`,
}));

/**
 * Finds the copies of articles anew. Those that are NEW were not there before; of CHANGED ones nothing is done where the
 * text is as it was. Two transactions that store copies of each other wait for one another.
 */
export async function noteCopies(
  tx: Tx,
  texts: readonly SignedText[],
  kind: 'NEW' | 'CHANGED' | 'RECOUNTED',
): Promise<void> {
  const changed = kind === 'NEW' ? texts : await forget(tx, texts, kind === 'CHANGED');
  if (changed.length === 0) return;
  await addSignatures(tx, changed);
  const signed = changed.flatMap(({ articleId, signature }) =>
    signature ? [{ articleId, signature, buckets: bucketsOf(signature) }] : [],
  );
  if (signed.length === 0) return;
  await waitForOthers(tx);
  await tx.insertMany(
    tx.tables.signatureBuckets,
    signed.flatMap(({ articleId, buckets }) =>
      buckets.map((bucket) => ({ number: bucket * KEYS + articleId })),
    ),
  );
  await tx.insertMany(tx.tables.articleCopies, await copiesOf(tx, signed));
}

/** Takes out what is known of them, or of those whose text is another one now, and returns these. */
async function forget(tx: Tx, texts: readonly SignedText[], onlyChanged: boolean): Promise<SignedText[]> {
  const { articleSignatures: s, signatureBuckets: b, articleCopies: c } = tx.tables;
  const known = await signaturesOf(
    tx,
    texts.map(({ articleId }) => articleId),
  );
  const changed = texts.filter(({ articleId, signature }) => {
    const before = known.get(articleId);
    return !onlyChanged || before === undefined || !before.equals(bytesOf(signature));
  });
  const before = changed.flatMap(({ articleId }) => {
    const signature = known.get(articleId);
    return signature === undefined ? [] : [{ articleId, signature }];
  });
  if (before.length === 0) return changed;
  const ids = before.map(({ articleId }) => articleId);
  const numbers = before.flatMap(({ articleId, signature }) =>
    signature.length === 0 ? [] : bucketsOf(signature).map((bucket) => bucket * KEYS + articleId),
  );
  const among = tx.portable.among;
  await tx.execute(sql`delete from ${s} where ${among(s.articleId, 'ids')}`, { ids });
  await tx.execute(sql`delete from ${b} where ${among(b.number, 'numbers')}`, { numbers });
  const copies = await tx.rows<{ id: number }>(
    sql`select copy_id as id from ${c} where ${among(c.articleId, 'ids')}`,
    { ids },
  );
  const others = [...new Set([...ids, ...copies.map(({ id }) => id)])];
  await tx.execute(
    sql`delete from ${c} where ${among(c.articleId, 'others')} and (${among(c.articleId, 'ids')} or ${among(c.copyId, 'ids')})`,
    { others, ids },
  );
  return changed;
}

async function addSignatures(tx: Tx, texts: readonly SignedText[]): Promise<void> {
  const rows = texts.map(({ articleId, signature }) => ({
    article_id: articleId,
    signature: bytesOf(signature).toString('hex'),
  }));
  const bytes = tx.portable.engine === 'postgres' ? sql`decode(signature, 'hex')` : sql`unhex(signature)`;
  await tx.execute(
    sql`insert into article_signatures (article_id, signature) select article_id, ${bytes} from ${tx.portable.rows('rows', 'r', { article_id: 'int', signature: 'text' })}`,
    { rows: toJson(rows) },
  );
}

/** All that is done from here on to the commit knows what others have committed before. */
async function waitForOthers(tx: Tx): Promise<void> {
  if (tx.portable.engine === 'sqlite') return;
  await tx.execute(
    sql`insert into feed_head (id, seq) values (1, 0) on conflict (id) do update set seq = feed_head.seq`,
  );
}

interface Signed {
  readonly articleId: number;
  readonly signature: Uint8Array;
  readonly buckets: readonly number[];
}

/** Each pair both ways. */
async function copiesOf(tx: Tx, signed: readonly Signed[]) {
  const wanted = new Set(signed.flatMap(({ buckets }) => buckets));
  const members = new Map<number, number[]>();
  for (const { number } of await inBuckets(tx, { buckets: [...wanted] })) {
    const bucket = Math.floor(number / KEYS);
    const others = members.get(bucket);
    if (others) others.push(number % KEYS);
    else members.set(bucket, [number % KEYS]);
  }
  const known = await comparable(tx, [...new Set([...members.values()].flat())]);
  const pairs = new Map<string, { articleId: number; copyId: number }>();
  for (const { articleId, signature, buckets } of signed) {
    const met = new Set<number>();
    for (const bucket of buckets) for (const id of members.get(bucket) ?? []) met.add(id);
    for (const copyId of met) {
      const other = known.get(copyId);
      if (copyId === articleId || other === undefined || !areCopies(signature, other)) continue;
      pairs.set(`${articleId} ${copyId}`, { articleId, copyId });
      pairs.set(`${copyId} ${articleId}`, { articleId: copyId, copyId: articleId });
    }
  }
  return [...pairs.values()];
}

/** The signatures that texts of these articles have, where these are not too short for one. */
async function comparable(tx: Tx, ids: readonly number[]): Promise<Map<number, Uint8Array>> {
  if (ids.length === 0) return new Map();
  const [row] = await manySignatures(tx, { ids });
  const bytes = Buffer.from(row?.digits ?? '', 'hex');
  const found = (row?.ids ?? '').split(' ');
  return new Map(
    found.map((id, place) => [
      Number(id),
      bytes.subarray(place * SIGNATURE_BINS, (place + 1) * SIGNATURE_BINS),
    ]),
  );
}

async function signaturesOf(tx: Tx, ids: readonly number[]): Promise<Map<number, Buffer>> {
  if (ids.length === 0) return new Map();
  const rows = await signatures(tx, { ids });
  return new Map(rows.map(({ articleId, signature }) => [articleId, signature]));
}

function bytesOf(signature: Uint8Array | null): Buffer {
  return signature === null ? Buffer.alloc(0) : Buffer.from(signature);
}
