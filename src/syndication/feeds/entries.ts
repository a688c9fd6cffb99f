import type { ArticleRow } from '../../articles';
import type { RequestContext } from '../../context';
import { html } from '../../core/markup';
import { directionOf } from '../../core/text';
import type { Place } from '../place';
import type { ToldRights } from '../rights';
import type { Entry } from './feed';

/** What feeds tell of published articles, in a number of statements that does not depend on how many they are. */
export function entriesOf(
  context: RequestContext,
  place: Place,
  rows: readonly ArticleRow[],
): Promise<Entry[]> {
  return Promise.all(rows.map((row) => entryOf(context, place, row)));
}

async function entryOf(context: RequestContext, place: Place, row: ArticleRow): Promise<Entry> {
  const { articles, authors, categories, images } = context;
  const [body, writers, subjects, image] = await Promise.all([
    articles.bodyById.load(row.id),
    authors.ofArticle(row),
    categories.ofArticle(row),
    row.leadImageId === null ? null : images.byId.load(row.leadImageId),
  ]);
  const names = writers.map(({ name }) => name);
  return {
    id: place.idOf(row),
    url: place.article(row),
    title: row.title,
    summary: row.standfirst,
    html: inLanguage(row.language, body?.html ?? ''),
    authors: names.length === 0 && row.byline !== null ? [row.byline] : names,
    categories: subjects,
    language: row.language,
    published: row.publishedAt ?? row.updatedAt,
    updated: row.updatedAt,
    image: image && {
      ...{ url: image.url, width: image.width, height: image.height, alt: image.alt, credit: image.credit },
    },
    rights: rightsOf(row),
  };
}

/** No format has a place for the direction of a text: the text carries it. */
function inLanguage(language: string, body: string): string {
  const direction = directionOf(language).toLowerCase();
  return `${html`<div lang="${language}" dir="${direction}">`}${body}</div>`;
}

function rightsOf({ credit, licence, textAndDataMining }: ArticleRow): ToldRights | null {
  const isSaid = credit !== null || licence !== null || !textAndDataMining;
  return isSaid ? { credit, licence, textAndDataMining } : null;
}
