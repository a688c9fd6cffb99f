import { plainBase64url } from './base64url';
import { MadeBefore } from './made-before';

/** The types that have global ids. What `node` does not know it answers with null. */
export type NodeType =
  | 'Article'
  | 'Category'
  | 'Topic'
  | 'Author'
  | 'Collection'
  | 'Comment'
  | 'Image'
  | 'Webhook';

/** Largest key that both engines store in the 4-byte integer of a primary key. */
const MAX_KEY = 2_147_483_647;

/**
 * The global id of a row: opaque to clients, stable for the life of the row, the same on both engines and
 * after an export and import into an empty database.
 */
export function globalId(type: NodeType, key: number): string {
  const { made, make } = ids[type];
  return made.text(key, 0, make);
}

/** The same of one type, for who makes many. */
export function globalIdsOf(type: NodeType): (key: number) => string {
  const { made, make } = ids[type];
  return (key) => made.text(key, 0, make);
}

interface Ids {
  readonly made: MadeBefore;
  readonly make: (key: number) => string;
}

const idsOf = (type: NodeType): Ids => ({
  made: new MadeBefore(),
  make: (key) => plainBase64url(`${type}:${key}`),
});

const ids: Readonly<Record<NodeType, Ids>> = {
  Article: idsOf('Article'),
  Category: idsOf('Category'),
  Topic: idsOf('Topic'),
  Author: idsOf('Author'),
  Collection: idsOf('Collection'),
  Comment: idsOf('Comment'),
  Image: idsOf('Image'),
  Webhook: idsOf('Webhook'),
};

/** The type and key behind a global id, or null for anything that `globalId` did not make. */
export function parseGlobalId(id: string): { type: NodeType; key: number } | null {
  const text = Buffer.from(id, 'base64url').toString('latin1');
  const colon = text.indexOf(':');
  const type = text.slice(0, colon);
  const key = Number(text.slice(colon + 1));
  if (!isNodeType(type) || !Number.isInteger(key) || key < 1 || key > MAX_KEY) return null;
  // Base64 has many spellings of one value; an id has one, or caches and comparisons would be fooled.
  return globalId(type, key) === id ? { type, key } : null;
}

/** The key behind a global id of the asked type, else null: an id of another type does not exist here. */
export function keyOf(type: NodeType, id: string): number | null {
  const parsed = parseGlobalId(id);
  return parsed !== null && parsed.type === type ? parsed.key : null;
}

function isNodeType(value: string): value is NodeType {
  return Object.hasOwn(ids, value);
}
