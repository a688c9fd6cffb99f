/** What an article was at an earlier revision, as it is kept: with keys and instants as the database has them. */
import { z } from 'zod';
import { MAX_AUTHORS, MAX_CATEGORIES, MAX_TOPICS } from '../../articles';
import type { ArticleState } from '../../database';
import { address, count, language, locator } from './wire';
import { ARTICLE_KINDS, ARTICLE_STATUSES, COMMENTING_MODES, TOPIC_SOURCES } from './words';

const text = z.string().nullable();
const instant = z.number().int();
const perhaps = instant.nullable();
const named = z.object({ id: count, slug: locator });

const state = z.object({
  article: z.object({
    kind: z.enum(ARTICLE_KINDS),
    status: z.enum(ARTICLE_STATUSES),
    slug: locator,
    path: locator,
    canonicalUrl: address.nullable(),
    language,
    translationGroup: count.nullable(),
    title: z.string(),
    standfirst: text,
    datelinePlace: text,
    datelineSource: text,
    byline: text,
    primaryCategoryId: count.nullable(),
    leadImageId: count.nullable(),
    pinned: z.boolean(),
    createdAt: instant,
    updatedAt: instant,
    publishedAt: perhaps,
    withdrawnAt: perhaps,
    withdrawalNote: text,
    embargoUntil: perhaps,
    expiresAt: perhaps,
    credit: text,
    licence: text,
    territories: z.array(z.string()).nullable(),
    textAndDataMining: z.boolean(),
    commenting: z.enum(COMMENTING_MODES),
    commentingClosesAt: perhaps,
  }),
  primaryCategory: named.nullable(),
  leadImage: z.object({ id: count, url: address }).nullable(),
  authors: z.array(named).max(MAX_AUTHORS),
  categories: z.array(named).max(MAX_CATEGORIES),
  topics: z
    .array(
      named.extend({
        salience: z.number().min(0).max(1),
        mentions: count,
        source: z.enum(TOPIC_SOURCES),
      }),
    )
    .max(MAX_TOPICS),
});

/** A record outside, the state inside. */
export const articleState = z.record(z.string(), z.unknown()).transform((value, context): ArticleState => {
  const parsed = state.safeParse(value);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  context.addIssue(`${problem?.path.join('.') ?? ''}: ${problem?.message ?? 'This is no article.'}`);
  return z.NEVER;
});
