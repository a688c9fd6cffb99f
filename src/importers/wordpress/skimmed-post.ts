/** What has to be known of a post before anything is mapped. */
export interface SkimmedPost {
  readonly type: 'post';
  readonly hasComments: boolean;
  /** Of the post and of its comments, as WordPress writes them. */
  readonly dates: readonly (readonly [local: string, gmt: string])[];
}

const OPENING = '<item>';
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
const TYPE = '<wp:post_type>';
const POST = /(?:post|<!\[CDATA\[post\]\]>)<\/wp:post_type>/y;
const COMMENT = '<wp:comment>';
const GALLERY = '[gallery';
const DATED = ['<wp:post_date>', '<wp:post_modified>', '<wp:comment_date>'];
const WANTED = [TYPE, COMMENT, ...DATED];
const ONCE = new Set([TYPE, '<wp:post_date>', '<wp:post_modified>']);
/** A date, and behind it the same one in UTC. */
const DATES =
  /(?:<!\[CDATA\[)?(\d[\d: -]{18})(?:\]\]>)?<\/wp:\w+>\s*<wp:\w+_gmt>(?:<!\[CDATA\[)?(\d[\d: -]{18})(?:\]\]>)?</y;

/**
 * Looks through an item, from where its tag begins to where its end tag does. Null unless it is an ordinary post without
 * galleries, whatever else is in it: nothing that is mapped refers to it, and what is wanted of it can be had at a
 * fraction of what reading it costs. Whether it is whole is for whoever reads it.
 * @param item its letters outside of ASCII may be anything: nothing is looked for among them
 */
export function skimPost(item: string): SkimmedPost | null {
  if (!item.startsWith(OPENING) || item.includes(GALLERY)) return null;
  // The end tag may stand in a text; and an item that is not closed may hold the next one.
  if (!isMarkup(item, item.length) || item.includes('<item', OPENING.length)) return null;
  const places = placesOf(item);
  const type = places?.get(TYPE)?.[0];
  if (places === null || type === undefined) return null;
  POST.lastIndex = type;
  if (!POST.test(item)) return null;
  const dates = DATED.flatMap((name) => places.get(name)?.flatMap((place) => datesAt(item, place)) ?? []);
  return { type: 'post', hasComments: places.has(COMMENT), dates };
}

/** Behind the tags that are wanted; null where one of them stands in a text, or twice. */
function placesOf(item: string): Map<string, number[]> | null {
  const places = new Map<string, number[]>();
  // One after the other: to look at every tag takes twice as long, for V8 leaps through the text after a whole name.
  for (const name of WANTED) {
    const found: number[] = [];
    for (let at = item.indexOf(name); at !== -1; at = item.indexOf(name, at + name.length)) {
      if (!isMarkup(item, at) || (found.length > 0 && ONCE.has(name))) return null;
      found.push(at + name.length);
    }
    if (found.length > 0) places.set(name, found);
  }
  return places;
}

/** Whether what begins at the index stands outside of texts. */
function isMarkup(item: string, index: number): boolean {
  const text = item.lastIndexOf(CDATA, index);
  if (text === -1) return true;
  const behind = item.indexOf(CDATA_END, text);
  return behind !== -1 && behind < index;
}

function datesAt(item: string, at: number): [local: string, gmt: string][] {
  DATES.lastIndex = at;
  const [, local, gmt] = DATES.exec(item) ?? [];
  return local === undefined || gmt === undefined ? [] : [[local, gmt]];
}
