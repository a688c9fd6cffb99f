/**
 * What may stand in what. The output keeps to these rules, which are stricter than HTML's, so that every
 * parser reads it as the same tree and a block can be cut out of it.
 *
 * - flow: holds blocks and inline content;
 * - structure: holds only children of its own kind, such as a list its items;
 * - leaf: holds inline content only;
 * - rule, media: hold nothing (media at most their sources);
 * - inline, point: within a line, the latter without content;
 * - boundary: begins and ends a line and leaves no other trace.
 */
export type Kind = 'flow' | 'structure' | 'leaf' | 'rule' | 'media' | 'inline' | 'point' | 'boundary';

/** Of a tag that the sanitiser lets through. */
export function kindOf(name: string): Kind {
  return KINDS.get(name) ?? 'boundary';
}

/** Whether the element has an end tag. */
export function hasEnd(name: string): boolean {
  return !WITHOUT_END.has(name);
}

export function isCell(name: string): boolean {
  return name === 'td' || name === 'th';
}

/** What content that stands directly in a structure is wrapped in. */
export const IMPLIED_CHILD: Readonly<Record<string, string>> = {
  ul: 'li',
  ol: 'li',
  dl: 'dd',
  table: 'tr',
  thead: 'tr',
  tbody: 'tr',
  tfoot: 'tr',
  tr: 'td',
};

const ROWS = ['tr', 'table', 'thead', 'tbody', 'tfoot'];
const CELLS = ['td', 'th', 'caption'];
const SECTIONS = ['td', 'th', 'tr', 'thead', 'tbody', 'tfoot', 'caption'];

/**
 * The elements that have a place of their own: `parents` are where that is, `siblings` are what is closed
 * on the way there. Elsewhere they are boundaries.
 */
export const PLACES: Readonly<Record<string, { parents: readonly string[]; siblings: readonly string[] }>> = {
  li: { parents: ['ul', 'ol'], siblings: ['li'] },
  dt: { parents: ['dl'], siblings: ['dt', 'dd'] },
  dd: { parents: ['dl'], siblings: ['dt', 'dd'] },
  td: { parents: ROWS, siblings: CELLS },
  th: { parents: ROWS, siblings: CELLS },
  tr: { parents: ['table', 'thead', 'tbody', 'tfoot'], siblings: ['td', 'th', 'tr', 'caption'] },
  thead: { parents: ['table'], siblings: SECTIONS },
  tbody: { parents: ['table'], siblings: SECTIONS },
  tfoot: { parents: ['table'], siblings: SECTIONS },
  caption: { parents: ['table'], siblings: ['caption'] },
  figcaption: { parents: ['figure'], siblings: ['figcaption'] },
  summary: { parents: ['details'], siblings: ['summary'] },
};

/** Inline elements that mean something when they stand in themselves; others are not repeated. */
export const NESTS_IN_ITSELF: ReadonlySet<string> = new Set([
  'span',
  'q',
  'sub',
  'sup',
  'small',
  'bdi',
  'bdo',
]);

/** Inline elements that end others which are open, as browsers do it. */
export const ENDS: Readonly<Record<string, readonly string[]>> = {
  a: ['a'],
  rt: ['rt', 'rp', 'rb'],
  rp: ['rt', 'rp', 'rb'],
  rb: ['rt', 'rp', 'rb'],
};

const KINDS: ReadonlyMap<string, Kind> = new Map(
  [
    entries('flow', 'blockquote li td th dd figure figcaption details'),
    entries('structure', 'ul ol dl table thead tbody tfoot tr'),
    entries('leaf', 'p h1 h2 h3 h4 h5 h6 pre summary dt caption'),
    entries('rule', 'hr'),
    entries('media', 'iframe video audio'),
    entries('inline', 'a b strong i em u s sub sup small mark q cite abbr dfn time del ins'),
    entries('inline', 'code kbd samp var span bdi bdo ruby rb rt rp'),
    entries('point', 'br img wbr'),
  ].flat(),
);

const WITHOUT_END: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'wbr', 'source']);

type Entry = [name: string, kind: Kind];

function entries(kind: Kind, names: string): Entry[] {
  return names.split(' ').map((name) => [name, kind]);
}
