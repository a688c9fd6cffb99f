/** The life of an article: what can be done to one, by whom, and what it leads to. */
import { sql } from 'drizzle-orm';
import type { Actor } from '../core/actor';
import type { Clock, Instant } from '../core/clock';
import { badInput, DatelineError } from '../core/errors';
import { Refusal } from '../core/refusal';
import { canonicalLanguageTag, normalisePath, slugify } from '../core/text';
import type { Database, Tx } from '../database';
import { type ImageRow, saveImages } from '../images';
import { defaultPath, MAX_AUTHORS, MAX_CATEGORIES, MAX_TOPICS, type TopicMark } from './article';
import { ARTICLE_DEFAULTS, type ArticleContent, type ArticleFields } from './article.content';
import { assertMayActOnArticles } from './article.policy';
import { keysOfSlugs } from './article.references';
import { reviseArticlesWith } from './article.revisions';
import { articlesById, articlesBySlug } from './article.store';
import { linkTranslations, type TranslationLink } from './article.translations';
import { type ArticleUpdate, insertArticles, updateArticles } from './article.writer';
import { parseBody } from './body';

/** What the author of a new article decides on. */
export interface ArticleDraft
  extends Partial<Omit<ArticleFields, 'status' | 'publishedAt' | 'createdAt' | 'updatedAt'>> {
  readonly title: string;
  readonly language: string;
  readonly html: string;
  readonly authorIds?: readonly number[];
  readonly categoryIds?: readonly number[];
  readonly topics?: readonly TopicMark[];
}

/** The same as somebody outside writes it: what it refers to stands there by name. */
export interface ArticleProposal extends Omit<ArticleDraft, 'authorIds' | 'categoryIds' | 'topics'> {
  /** Slugs. */
  readonly authors?: readonly string[];
  readonly categories?: readonly string[];
  readonly topics?: readonly string[];
  readonly leadImage?: Omit<ImageRow, 'id'>;
  /** The article that it translates. */
  readonly translationOf?: number;
}

/** What may be changed of an article without changing where it stands in its life. Absent stays as it is. */
export interface ArticleEdit {
  readonly fields?: Partial<Omit<ArticleFields, 'status' | 'publishedAt' | 'withdrawnAt' | 'withdrawalNote'>>;
  readonly html?: string;
  readonly authorIds?: readonly number[];
}

/** An article as its writer has seen it. */
export interface Seen {
  readonly id: number;
  readonly revision: number;
}

const MAX_TITLE = 500;
/** Characters of a body's HTML: some 300 printed pages. */
const MAX_HTML = 1_000_000;

export class ArticleService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Makes a draft. @throws DatelineError FORBIDDEN, BAD_USER_INPUT */
  async create(actor: Actor, draft: ArticleDraft): Promise<Seen> {
    assertMayActOnArticles(actor, 'CREATE');
    const now = this.clock.now();
    const content = contentOf(draft, now);
    const [id] = await this.database.write((tx) => insertArticles(tx, actor, now, [content]));
    if (id === undefined) throw new Error('One key an article');
    return { id, revision: 1 };
  }

  /**
   * Makes a draft of what a person or a program sends.
   * @throws Refusal; DatelineError FORBIDDEN, BAD_USER_INPUT
   */
  async propose(actor: Actor, proposal: ArticleProposal): Promise<Seen> {
    assertMayActOnArticles(actor, 'CREATE');
    const { authors = [], categories = [], topics = [], leadImage, translationOf, ...draft } = proposal;
    checkDistinct('authors', authors, MAX_AUTHORS);
    checkDistinct('categories', categories, MAX_CATEGORIES);
    checkDistinct('topics', topics, MAX_TOPICS);
    const now = this.clock.now();
    return this.database.write(async (tx) => {
      if (draft.slug !== undefined) await assertSlugIsFree(tx, slugify(draft.slug));
      const content = contentOf(
        {
          ...draft,
          authorIds: await keysOfSlugs(tx, 'author', 'authors', authors),
          categoryIds: await keysOfSlugs(tx, 'category', 'categories', categories),
          topics: (await keysOfSlugs(tx, 'topic', 'topics', topics)).map(markByEditor),
          leadImageId: leadImage ? await keepImage(tx, actor, now, leadImage) : null,
        },
        now,
      );
      const [id] = await insertArticles(tx, actor, now, [content]);
      if (id === undefined) throw new Error('One key an article');
      if (translationOf !== undefined)
        await assertTranslates(tx, actor, now, { original: translationOf, translation: id }, draft.language);
      return { id, revision: 1 };
    });
  }

  /** Changes what the article says. @throws VersionConflict; DatelineError FORBIDDEN, NOT_FOUND, BAD_USER_INPUT */
  async update(actor: Actor, seen: Seen, { fields, html, authorIds }: ArticleEdit): Promise<Seen> {
    assertMayActOnArticles(actor, 'EDIT');
    if (fields?.title !== undefined) checkTitle(fields.title);
    if (html !== undefined) checkLength('html', html, MAX_HTML);
    checkTies({ authorIds });
    return this.apply(actor, seen, {
      op: 'UPDATE',
      ...(fields ? { fields: { ...fields, ...canonical(fields) } } : {}),
      ...(html === undefined ? {} : { body: parseBody(html) }),
      ...(authorIds ? { authorIds } : {}),
    });
  }

  /**
   * Publishes the article: now, or at a later instant, until when it is SCHEDULED. One that was published
   * before keeps its first date.
   */
  async publish(actor: Actor, seen: Seen, at?: Instant): Promise<Seen> {
    assertMayActOnArticles(actor, 'PUBLISH');
    const now = this.clock.now();
    const later = at !== undefined && at > now;
    const first = await this.firstPublication(seen, now);
    return this.apply(actor, seen, {
      op: later ? 'UPDATE' : 'PUBLISH',
      fields: {
        status: later ? 'SCHEDULED' : 'PUBLISHED',
        publishedAt: later ? at : (first ?? at ?? now),
        withdrawnAt: null,
        withdrawalNote: null,
      },
    });
  }

  /** Kills the article: it is gone for everybody, and its address says so. `note` says why, to those who had it. */
  async withdraw(actor: Actor, seen: Seen, note: string): Promise<Seen> {
    assertMayActOnArticles(actor, 'WITHDRAW');
    if (note.trim() === '') throw badInput('note', 'Say in "note" why the article is withdrawn.');
    return this.apply(actor, seen, {
      op: 'WITHDRAW',
      fields: { status: 'WITHDRAWN', withdrawnAt: this.clock.now(), withdrawalNote: note },
    });
  }

  /** Replaces the topics that the article carries. */
  async retag(actor: Actor, seen: Seen, topics: readonly TopicMark[]): Promise<Seen> {
    assertMayActOnArticles(actor, 'EDIT');
    checkTies({ topics });
    return this.apply(actor, seen, { op: 'RETAG', topics });
  }

  /** Moves the article to other categories, the first of which is its primary one. */
  async move(actor: Actor, seen: Seen, categoryIds: readonly number[]): Promise<Seen> {
    assertMayActOnArticles(actor, 'EDIT');
    checkTies({ categoryIds });
    const fields = { primaryCategoryId: categoryIds[0] ?? null };
    return this.apply(actor, seen, { op: 'MOVE', categoryIds, fields });
  }

  private async apply(
    actor: Actor,
    { id, revision }: Seen,
    change: Omit<ArticleUpdate, 'id' | 'expectedRevision'>,
  ): Promise<Seen> {
    const update = { ...change, id, expectedRevision: revision };
    await this.database.write((tx: Tx) => updateArticles(tx, actor, this.clock.now(), [update]));
    return { id, revision: revision + 1 };
  }

  /** When the article was first published; null where it was not, or only scheduled. */
  private async firstPublication({ id }: Seen, now: Instant): Promise<Instant | null> {
    const { articles: a } = this.database.tables;
    const [row] = await this.database
      .select({ status: a.status, publishedAt: a.publishedAt })
      .from(a)
      .where(sql`${a.id} = ${id}`);
    if (!row) throw new DatelineError('NOT_FOUND', 'There is no such article.');
    const { status, publishedAt } = row;
    // One that was withdrawn while it was scheduled has a date that never came.
    return status === 'SCHEDULED' || publishedAt === null || publishedAt > now ? null : publishedAt;
  }
}

/** An editor says that the article is about the topic, and not how much. */
function markByEditor(topicId: number): TopicMark {
  return { topicId, salience: 1, mentions: 0, source: 'EDITOR' };
}

/** A slug that somebody chose is not changed behind their back. @throws Refusal SLUG_TAKEN */
async function assertSlugIsFree(tx: Tx, slug: string): Promise<void> {
  const [taken] = await articlesBySlug.NEWSROOM(tx, { keys: [slug], now: 0 });
  if (taken) throw new Refusal('SLUG_TAKEN', `Another article has the slug "${slug}".`, 'slug');
}

/** The image's key. Articles that show it already show it as it is described now. */
async function keepImage(tx: Tx, actor: Actor, at: Instant, image: Omit<ImageRow, 'id'>): Promise<number> {
  const { keys, changed } = await saveImages(tx, actor, at, [image]);
  await reviseArticlesWith(tx, actor, at, changed);
  const [key] = keys;
  if (key === undefined) throw new Error('One key an image');
  return key;
}

/** @param link its translation is an article that this transaction has made */
async function assertTranslates(
  tx: Tx,
  actor: Actor,
  at: Instant,
  link: TranslationLink,
  language: string,
): Promise<void> {
  const [found] = await articlesById.NEWSROOM(tx, { keys: [link.original], now: 0 });
  if (!found) throw new Refusal('NOT_FOUND', 'There is no such article.', 'translationOf');
  const { refused } = await linkTranslations(tx, actor, at, [link], new Set([link.translation]));
  if (refused.length === 0) return;
  throw new Refusal(
    'DUPLICATE',
    `That article has a translation into "${language}" already.`,
    'translationOf',
  );
}

function contentOf(
  { html, authorIds, categoryIds, topics, ...fields }: ArticleDraft,
  now: Instant,
): ArticleContent {
  checkTitle(fields.title);
  checkLength('html', html, MAX_HTML);
  checkTies({ authorIds, categoryIds, topics });
  const slug = slugify(fields.slug ?? fields.title);
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      ...fields,
      path: defaultPath(slug),
      ...canonical(fields),
      slug,
      primaryCategoryId: fields.primaryCategoryId ?? categoryIds?.[0] ?? null,
      createdAt: now,
      updatedAt: now,
    },
    body: parseBody(html),
    authorIds: authorIds ?? [],
    categoryIds: categoryIds ?? [],
    topics: topics ?? [],
  };
}

type Addressed = Partial<Pick<ArticleFields, 'slug' | 'path' | 'language'>>;

/** Slug, path and language in the one form in which they are looked for. @throws DatelineError BAD_USER_INPUT */
function canonical({ slug, path, language }: Addressed): Addressed {
  return {
    ...(slug === undefined ? {} : { slug: slugify(slug) }),
    ...(path === undefined ? {} : { path: normalisePath(path) }),
    ...(language === undefined ? {} : { language: canonicalLanguageTag(language) }),
  };
}

function checkTitle(title: string): void {
  if (title.trim() === '') throw badInput('title', '"title" must not be empty.');
  checkLength('title', title, MAX_TITLE);
}

function checkLength(argument: string, text: string, max: number): void {
  if (text.length > max)
    throw badInput(argument, `"${argument}" has ${text.length} characters; at most ${max} are allowed.`);
}

function checkTies(ties: {
  authorIds?: readonly number[] | undefined;
  categoryIds?: readonly number[] | undefined;
  topics?: readonly TopicMark[] | undefined;
}): void {
  checkDistinct('authors', ties.authorIds ?? [], MAX_AUTHORS);
  checkDistinct('categories', ties.categoryIds ?? [], MAX_CATEGORIES);
  checkDistinct(
    'topics',
    (ties.topics ?? []).map(({ topicId }) => topicId),
    MAX_TOPICS,
  );
}

function checkDistinct(argument: string, ids: readonly (number | string)[], max: number): void {
  if (ids.length > max)
    throw badInput(argument, `"${argument}" has ${ids.length} values; at most ${max} are allowed.`);
  if (new Set(ids).size !== ids.length) throw badInput(argument, `"${argument}" names the same one twice.`);
}
