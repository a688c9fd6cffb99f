import { type ArticleRow, pastsOf } from '../../articles';
import type { RequestContext } from '../../context';
import type { Instant } from '../../core/clock';
import { globalId } from '../../core/ids';
import type { Reader } from '../../database';
import { isGivenNow } from '../partners/meaning';
import type { Partner } from '../partners/partner';
import { loadTrees } from '../partners/trees.store';
import { dated } from '../values';
import type { DeliveryRow } from './webhook';

/** What makes an article of a row that has to be removed or held superfluous. */
const TAKES: ReadonlySet<string> = new Set(['HOLD', 'REMOVE']);

/**
 * What a partner is sent of a change: the same that `changes` tells, with the article as it is now. Null where they may
 * not have it any more: another change, which says so, is on its way.
 */
export async function messageOf(
  reader: Reader,
  context: RequestContext,
  partner: Partner,
  delivery: DeliveryRow,
): Promise<string | null> {
  const { sequence, articleId, revision, op, action, at, note } = delivery;
  const row = TAKES.has(action) ? null : await givenRow(reader, context, partner, delivery);
  if (row === null && !TAKES.has(action)) return null;
  return JSON.stringify({
    type: `article.${op.toLowerCase()}`,
    timestamp: dated(at),
    data: {
      ...{ sequence, item: globalId('Article', articleId), revision, op, action, at: dated(at), note },
      article: row && (await toldOf(context, row)),
    },
  });
}

async function givenRow(
  reader: Reader,
  context: RequestContext,
  partner: Partner,
  { articleId: id, at }: DeliveryRow,
): Promise<ArticleRow | null> {
  // Who wrote it may have a clock that is ahead.
  const now = Math.max(context.now, at);
  const pasts = await pastsOf(reader, [id]);
  const past = pasts.get(id);
  // No moves: how the trees stand now is all that matters.
  const trees = await loadTrees(reader, pasts.values(), {
    seq: Number.MAX_SAFE_INTEGER,
    at: now,
  });
  return past && isGivenNow({ past, partner, trees, now }) ? context.articles.byId.load(id) : null;
}

/** By the names that GraphQL has for the fields of an article. */
async function toldOf(context: RequestContext, row: ArticleRow) {
  const { articles, authors, categories, topics, images } = context;
  const [body, writers, sections, carried, image] = await Promise.all([
    articles.bodyById.load(row.id),
    authors.ofArticle(row),
    categories.ofArticle(row),
    topics.ofArticle(row),
    row.leadImageId === null ? null : images.byId.load(row.leadImageId),
  ]);
  const { id, slug, path, canonicalUrl, language, title, standfirst, byline, revision } = row;
  const { credit, licence, territories, textAndDataMining } = row;
  return {
    ...{
      id: globalId('Article', id),
      slug,
      path,
      canonicalUrl,
      language,
      title,
      standfirst,
      byline,
      revision,
    },
    dateline: { place: row.datelinePlace, source: row.datelineSource },
    html: body?.html ?? '',
    publishedAt: datedOrNull(row.publishedAt),
    updatedAt: dated(row.updatedAt),
    authors: writers.map(namedOf),
    categories: sections.map(namedOf),
    topics: carried.map(({ topic, salience }) => ({ ...namedOf(topic), kind: topic.kind, salience })),
    leadImage: image && {
      ...{ url: image.url, width: image.width, height: image.height },
      ...{ alt: image.alt, caption: image.caption, credit: image.credit },
    },
    rights: {
      ...{ credit, licence, territories, textAndDataMining },
      ...{ embargoUntil: datedOrNull(row.embargoUntil), expiresAt: datedOrNull(row.expiresAt) },
    },
  };
}

function namedOf({ slug, name }: { readonly slug: string; readonly name: string }) {
  return { slug, name };
}

function datedOrNull(at: Instant | null): string | null {
  return at === null ? null : dated(at);
}
