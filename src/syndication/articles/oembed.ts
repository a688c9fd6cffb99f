import type { ArticleRow } from '../../articles';
import { html, Markup, xml } from '../../core/markup';
import { directionOf } from '../../core/text';
import type { Place } from '../place';
import type { ToldImage } from './told-article';

/** What oEmbed 1.0 says of a resource, by its names; what has no value is left out. */
export type Oembed = Readonly<Record<string, string | number | undefined>>;

export interface OembedFormat {
  readonly type: string;
  write(told: Oembed): string;
}

/** Pixels, where nobody asks for less. */
const WIDTH = 600;
/** Pixels that a heading, a standfirst and a line of credit take, about: oEmbed asks for a number. */
const HEIGHT = 220;
/** Seconds that the answer may be kept: what is withdrawn has to go from other people's pages soon. */
const CACHE_AGE = 3_600;

interface Shown {
  readonly writers: readonly { readonly name: string; readonly slug: string }[];
  readonly image: ToldImage | null;
  /** Pixels; null for as many as it takes. */
  readonly maxWidth: number | null;
}

/** An article as a quotation that links to it: no script, nothing that the page around it has to trust. */
export function oembedOf(place: Place, row: ArticleRow, { writers, image, maxWidth }: Shown): Oembed {
  const [first] = writers;
  const names = writers.map(({ name }) => name).join(', ');
  // A thumbnail needs all three, and nobody here makes smaller ones.
  const fits = image?.width != null && image.height != null && image.width <= (maxWidth ?? Infinity);
  return {
    version: '1.0',
    type: 'rich',
    title: row.title,
    author_name: names || (row.byline ?? undefined),
    author_url:
      writers.length === 1 && first ? (place.onSite(`/author/${first.slug}`) ?? undefined) : undefined,
    provider_name: place.name,
    provider_url: place.home,
    cache_age: CACHE_AGE,
    ...(fits && image
      ? {
          thumbnail_url: image.url,
          thumbnail_width: image.width ?? undefined,
          thumbnail_height: image.height ?? undefined,
        }
      : {}),
    html: String(quotation(place, row)),
    width: Math.min(WIDTH, maxWidth ?? WIDTH),
    height: HEIGHT,
  };
}

function quotation(place: Place, row: ArticleRow): Markup {
  const { language, title, standfirst, credit } = row;
  const direction = directionOf(language).toLowerCase();
  const url = place.article(row);
  return html`<blockquote lang="${language}" dir="${direction}" cite="${url}"><p><a href="${url}"><strong>${title}</strong></a></p>${standfirst !== null && html`<p>${standfirst}</p>`}<footer>${credit ?? place.name}</footer></blockquote>`;
}

/** The names are ours. */
function element(name: string, value: string | number): Markup {
  return xml`${new Markup(`<${name}>`)}${value}${new Markup(`</${name}>`)}`;
}

export const OEMBED_FORMATS: Readonly<Record<string, OembedFormat>> = {
  json: { type: 'application/json; charset=utf-8', write: (told) => JSON.stringify(told) },
  xml: {
    type: 'text/xml; charset=utf-8',
    write: (told) => {
      const fields = Object.entries(told).flatMap(([name, value]) =>
        value === undefined ? [] : element(name, value),
      );
      return String(xml`<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<oembed>${fields}</oembed>
`);
    },
  },
};
