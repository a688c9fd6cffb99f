import { type SQL, sql } from 'drizzle-orm';
import type { Page } from '../core/paging';
import { type Params, type PortableSql, prepared, preparedByShape, type Reader, type Tx } from '../database';
import type { ImageRow } from './image';

/** The images with the keys in `ids`, in no particular order. */
export const imagesById = prepared<{ ids: number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.images} where ${portable.among(tables.images.id, 'ids')}`,
}));

export const imagesByUrl = prepared<{ urls: string[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.images} where ${portable.among(tables.images.url, 'urls')}`,
  }),
);

/** Which images are asked for: everything that is given must hold. */
export interface ImageQuery {
  /** Normalised: each is a part of what an image is found by. */
  readonly words?: readonly string[];
  /** Whether an article shows it, whoever may see that, or an author. */
  readonly used?: boolean;
}

/** One page of images, those that came last first, and one more where the list goes on. */
export async function listImages(
  reader: Reader,
  query: ImageQuery,
  { direction, from, size }: Page,
): Promise<ImageRow[]> {
  const isForward = direction === 'FORWARD';
  const statement = lists(`${shapeOf(query)} ${direction} ${from !== null}`, ({ tables, portable }) => {
    const beyond = isForward ? sql`images.id < ${FROM}` : sql`images.id > ${FROM}`;
    return {
      select: columns(tables),
      from: sql`${tables.images} where ${from === null ? sql`true` : beyond} ${conditionsOf(portable, query)} order by images.id ${isForward ? sql`desc` : sql`asc`} limit ${sql.placeholder('limit')}`,
    };
  });
  return statement(reader, {
    ...paramsOf(query),
    ...(from === null ? {} : { fromKey: from.key }),
    limit: size + 1,
  });
}

export async function countImages(reader: Reader, query: ImageQuery): Promise<number> {
  const statement = counts(shapeOf(query), ({ portable }) => ({
    select: { total: sql<number>`count(*)` },
    from: sql`images where true ${conditionsOf(portable, query)}`,
  }));
  return (await statement(reader, paramsOf(query)))[0]?.total ?? 0;
}

const lists = preparedByShape<ReturnType<typeof columns>>();
const counts = preparedByShape<{ total: SQL<number> }>();

const FROM = sql.placeholder('fromKey');

function shapeOf({ words, used }: ImageQuery): string {
  return `${words !== undefined} ${used}`;
}

function paramsOf({ words }: ImageQuery): Params {
  return words === undefined ? {} : { patterns: words.map((word) => `%${escaped(word)}%`) };
}

function conditionsOf(portable: PortableSql, { words, used }: ImageQuery): SQL {
  const shown = sql`(exists (select 1 from articles as a where a.lead_image_id = images.id) or exists (select 1 from authors as w where w.avatar_id = images.id))`;
  const parts = [
    ...(words === undefined
      ? []
      : [
          sql`and not exists (select 1 from ${portable.each('patterns', 'p', 'text')} where images.words not like p.value escape '!')`,
        ]),
    ...(used === undefined ? [] : [used ? sql`and ${shown}` : sql`and not ${shown}`]),
  ];
  return sql.join(parts, sql` `);
}

/** What `like` takes for the text itself. */
function escaped(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}

function columns({ images: i }: Tx['tables']) {
  return {
    id: i.id,
    url: i.url,
    width: i.width,
    height: i.height,
    alt: i.alt,
    caption: i.caption,
    credit: i.credit,
    revision: i.revision,
  };
}
