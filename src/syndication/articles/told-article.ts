import type { ArticleRow } from '../../articles';
import type { RequestContext } from '../../context';
import type { Instant } from '../../core/clock';
import type { TopicKind } from '../../database';
import { nameIn } from '../../topics';
import { articleDocuments, type Place } from '../place';

/** All that is told of one published article, whatever it is written as. All addresses are absolute. */
export interface ToldArticle {
  /** A tag URI. */
  readonly id: string;
  readonly url: string;
  readonly documents: ReturnType<typeof articleDocuments>;
  readonly publisher: { readonly name: string; readonly home: string };
  readonly row: ArticleRow;
  readonly published: Instant;
  readonly text: string;
  readonly html: string;
  readonly wordCount: number;
  readonly authors: readonly { readonly name: string; readonly url: string | null }[];
  readonly sections: readonly { readonly slug: string; readonly name: string }[];
  /** The most salient first. */
  readonly topics: readonly ToldTopic[];
  readonly image: ToldImage | null;
  readonly corrections: readonly { readonly text: string; readonly at: Instant }[];
  readonly translations: readonly { readonly language: string; readonly url: string; readonly id: string }[];
}

export interface ToldTopic {
  /** In the language of the article, where it has a name there. */
  readonly name: string;
  readonly kind: TopicKind;
  readonly wikidataId: string | null;
  /** From 0 to 1: how much the article is about it. */
  readonly salience: number;
  readonly url: string | null;
}

type ImageRow = NonNullable<Awaited<ReturnType<RequestContext['images']['byId']['load']>>>;
export type ToldImage = Pick<ImageRow, 'url' | 'width' | 'height' | 'alt' | 'caption' | 'credit'>;

/** Reads what is told of an article that may be given out. */
export async function readArticle(
  context: RequestContext,
  place: Place,
  row: ArticleRow,
): Promise<ToldArticle> {
  const { articles, authors, categories, topics, images } = context;
  const [body, text, writers, sections, carried, image, corrections, group] = await Promise.all([
    articles.bodyById.load(row.id),
    articles.textById.load(row.id),
    authors.ofArticle(row),
    categories.ofArticle(row),
    topics.ofArticle(row),
    row.leadImageId === null ? null : images.byId.load(row.leadImageId),
    articles.correctionsById.load(row.id),
    row.translationGroup === null ? [] : articles.ofGroup(row.translationGroup),
  ]);
  const names = await Promise.all(carried.map(({ topic }) => topics.namesById.load(topic.id)));
  const named = writers.map(({ name, slug }) => ({ name, url: place.onSite(`/author/${slug}`) }));
  return {
    id: place.idOf(row),
    url: place.article(row),
    documents: articleDocuments(place, row),
    publisher: { name: place.name, home: place.home },
    row,
    published: row.publishedAt ?? row.updatedAt,
    text: text?.text ?? '',
    html: body?.html ?? '',
    wordCount: body?.wordCount ?? 0,
    authors: named.length === 0 && row.byline !== null ? [{ name: row.byline, url: null }] : named,
    sections,
    topics: carried.map(({ topic: { name, slug, kind, wikidataId }, salience }, at) => ({
      name: nameIn(names[at] ?? [], row.language) ?? name,
      ...{ kind, wikidataId, salience, url: place.onSite(`/topic/${slug}`) },
    })),
    image,
    corrections,
    translations: group
      .filter(({ id }) => id !== row.id)
      .map((other) => ({ language: other.language, url: place.article(other), id: place.idOf(other) })),
  };
}
