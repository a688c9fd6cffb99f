/** How single values are written in an export, and what makes one of them impossible. */
import { z } from 'zod';
import { globalId, keyOf, type NodeType, parseGlobalId } from '../../core/ids';
import { canonicalLanguageTag, isLanguageTag } from '../../core/text';
import type { SluggedKind } from '../../database';

/** A global id outside, the database's key inside. */
export const idOf = (type: NodeType) =>
  z.string().transform((id, context) => {
    const key = keyOf(type, id);
    if (key === null) context.addIssue(`This is not the id of ${withArticle(type)}.`);
    return key ?? z.NEVER;
  });

const SLUGGED: Readonly<Record<SluggedKind, NodeType>> = {
  article: 'Article',
  author: 'Author',
  category: 'Category',
  collection: 'Collection',
  topic: 'Topic',
};

/** The global id of something that may have had other slugs outside, its kind and key inside. */
export const sluggedId = z.string().transform((id, context) => {
  const parsed = parseGlobalId(id);
  for (const kind of ['article', 'author', 'category', 'collection', 'topic'] as const) {
    if (parsed?.type === SLUGGED[kind]) return { kind, key: parsed.key };
  }
  context.addIssue('This is the id of nothing that has had other slugs.');
  return z.NEVER;
});

export function sluggedIdOf(kind: SluggedKind, key: number): string {
  return globalId(SLUGGED[kind], key);
}

/** "2026-03-01T04:30:00.000Z" and no other spelling outside, milliseconds since 1970 inside. */
export const instant = z.string().transform((text, context) => {
  const time = Date.parse(text);
  if (Number.isNaN(time) || new Date(time).toISOString() !== text) {
    context.addIssue('An instant is written like "2026-03-01T04:30:00.000Z".');
  }
  return time;
});

export const language = z
  .string()
  .refine((tag) => isLanguageTag(tag) && canonicalLanguageTag(tag) === tag, 'This is no language tag.');

/** A slug or a path: what something is found by has at least one character. */
export const locator = z.string().min(1);

/** Schemes that make a link or an image run a program. Browsers skip control characters and spaces in them. */
const PROGRAM = /^(?:javascript|vbscript|data:text)/i;
const IGNORED = /[\p{Cc}\s]/gu;

/** A URL or a path. What an article's body would not be let to link to, nothing else is either. */
export const address = locator.refine(
  (text) => !PROGRAM.test(text.replace(IGNORED, '')),
  'This address would run a program.',
);

/** What both engines hold in four bytes. */
export const integer = z.number().int().min(-2_147_483_648).max(2_147_483_647);
export const count = integer.nonnegative();
/** A number of the change log: beyond four bytes, and below 2^53. */
export const sequence = z.number().int().nonnegative();

/** Each of the values at most once: the order of a list says something, a repeat does not. */
export function distinct<T extends z.ZodType>(item: T, max: number) {
  return z
    .array(item)
    .max(max)
    .refine((items) => new Set(items).size === items.length, 'The list has the same one twice.');
}

function withArticle(type: NodeType): string {
  return `${/^[AI]/.test(type) ? 'an' : 'a'} ${type}`;
}
