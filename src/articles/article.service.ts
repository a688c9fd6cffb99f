/** The life of an article: what can be done to one, by whom, and what it leads to. */
import type { Actor } from '../core/actor';
import type { Clock, Instant } from '../core/clock';
import { badInput, DatelineError } from '../core/errors';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { slugify } from '../core/text';
import type { Database, Tx } from '../database';
import { EVERY_TIME, type Once } from '../idempotency';
import { Tagger } from '../tagging';
import { defaultPath, statusAt } from './article';
import { checkLength, checkNotEmpty, checkRightsBegin } from './article.checks';
import { ARTICLE_DEFAULTS, type ArticleContent, type ArticleUpdate } from './article.content';
import { type ArticleEdit, checkEdit } from './article.edit';
import { type EditedArticle, resolveEdit } from './article.editor';
import { assertPossible, type LifeStep } from './article.life';
import { type ArticleAction, assertMayActOnArticle } from './article.policy';
import { articlesById } from './article.store';
import { taggedChange, taggedContent } from './article.tagging';
import { isLanguageTaken, linkTranslations, unlinkTranslation } from './article.translations';
import { insertArticles, updateArticles } from './article.writer';
import { parseBody } from './body';
import { addCorrection } from './corrections/correction.store';
import { endPreviews } from './previews/preview.store';
import { type CurrentArticle, holdArticles, statesOf } from './revisions/current';
import { rollBackTo } from './revisions/roll-back';
import { assertAsSeen } from './revisions/supersede';

/** What a new article is made of. */
export interface ArticleDraft extends ArticleEdit {
  readonly title: string;
  readonly language: string;
  readonly html: string;
  /** The article that it translates. */
  readonly translationOf?: number;
}

/** What is left of an update when it is known what it is made to. */
type Change = Omit<ArticleUpdate, 'id' | 'expectedRevision'>;

/** What may be done, as far as nobody may do it to every article at any time. */
interface Step {
  readonly action: ArticleAction;
  readonly step: LifeStep | null;
}

/** Every method throws Refusal, or DatelineError FORBIDDEN, NOT_FOUND, BAD_USER_INPUT; then nothing was written. */
export class ArticleService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    /** Gives articles the topics that their texts name. Default: one that knows the newsroom's topics only. */
    private readonly tagger: Tagger = new Tagger(),
  ) {}

  /** Makes a draft. */
  async create(
    actor: Actor,
    { translationOf, ...draft }: ArticleDraft,
    once: Once = EVERY_TIME,
  ): Promise<Seen> {
    assertMayActOnArticle(actor, 'CREATE', null);
    checkEdit(draft);
    return this.database.write(async (tx) => {
      const now = this.clock.now();
      return once({ tx, actor, at: now }, async () => {
        const [id] = await insertArticles(tx, actor, now, [await this.contentOf(tx, actor, now, draft)]);
        if (id === undefined) throw new Error('One key an article');
        if (translationOf !== undefined) await translate(tx, actor, now, translationOf, id, new Set([id]));
        return { id, revision: 1 };
      });
    });
  }

  /** Changes what the article says. An edit that changes nothing makes no revision. */
  async update(actor: Actor, seen: Seen, edit: ArticleEdit): Promise<Seen> {
    checkEdit(edit);
    return this.change(actor, seen, { action: 'EDIT', step: 'EDIT' }, async (tx, article, now) => {
      const edited = await resolveEdit(tx, actor, now, edit, await editedArticle(tx, article));
      const { language } = edited.fields ?? {};
      if (
        language !== undefined &&
        (await isLanguageTaken(tx, article.translationGroup, article.id, language))
      )
        throw new Refusal('DUPLICATE', `The article has a translation into "${language}".`, 'language');
      return { op: 'UPDATE', ...edited };
    });
  }

  /**
   * Publishes the article: now, or at a later instant, until when it is SCHEDULED. One that was published
   * before keeps its first date.
   * @param embargoUntil absent stays; null for no embargo
   */
  publish(
    actor: Actor,
    seen: Seen,
    { at, embargoUntil }: { readonly at?: Instant; readonly embargoUntil?: Instant | null } = {},
  ): Promise<Seen> {
    return this.change(actor, seen, { action: 'PUBLISH', step: 'PUBLISH' }, async (_tx, article, now) => {
      if (embargoUntil != null) checkRightsBegin('embargoUntil', embargoUntil, article.expiresAt);
      const later = at !== undefined && at > now;
      return {
        op: later ? 'SCHEDULE' : 'PUBLISH',
        fields: {
          status: later ? 'SCHEDULED' : 'PUBLISHED',
          publishedAt: later ? at : (firstPublication(article, now) ?? at ?? now),
          ...(embargoUntil === undefined ? {} : { embargoUntil }),
        },
      };
    });
  }

  /** Corrects what is published, for all to see. `html` is the body without the mistake. */
  async correct(actor: Actor, seen: Seen, text: string, html?: string): Promise<Seen> {
    checkNotEmpty('text', text);
    if (html !== undefined) checkLength('html', html);
    return this.change(actor, seen, { action: 'PUBLISH', step: 'CORRECT' }, async (tx, { id }, now) => {
      await addCorrection(tx, id, now, text);
      return {
        op: 'CORRECT',
        ...(html === undefined ? {} : { body: parseBody(html) }),
        alsoChanged: ['corrections'],
        payload: { text },
      };
    });
  }

  /** Takes what is published or scheduled back into the drafts. Nobody is told, as of one that was withdrawn. */
  unpublish(actor: Actor, seen: Seen): Promise<Seen> {
    return this.change(actor, seen, { action: 'PUBLISH', step: 'UNPUBLISH' }, async (_tx, article, now) => ({
      op: 'UNPUBLISH',
      fields: { status: 'DRAFT', publishedAt: firstPublication(article, now) },
    }));
  }

  /** Kills the article: it is gone for everybody, and its address says so. `note` says why, to those who had it. */
  async withdraw(actor: Actor, seen: Seen, note: string): Promise<Seen> {
    checkNotEmpty('note', note);
    return this.change(actor, seen, { action: 'WITHDRAW', step: 'WITHDRAW' }, async (tx, { id }, now) => {
      await endPreviews(tx, id);
      return {
        op: 'WITHDRAW',
        fields: { status: 'WITHDRAWN', withdrawnAt: now, withdrawalNote: note },
        payload: { note },
      };
    });
  }

  /** Makes a draft again of what was withdrawn. */
  restore(actor: Actor, seen: Seen): Promise<Seen> {
    return this.change(actor, seen, { action: 'WITHDRAW', step: 'RESTORE' }, async (_tx, article) => ({
      op: 'RESTORE',
      fields: {
        status: 'DRAFT',
        // One that was withdrawn while it was scheduled has a date that never came.
        publishedAt: earlier(article.publishedAt, article.withdrawnAt),
        withdrawnAt: null,
        withdrawalNote: null,
      },
    }));
  }

  /** Makes of the article what it said at an earlier revision. */
  rollBack(actor: Actor, seen: Seen, revision: number): Promise<Seen> {
    return this.change(actor, seen, { action: 'EDIT', step: 'ROLLBACK' }, (tx, article) =>
      rollBackTo(tx, article, revision),
    );
  }

  /** Makes the article a translation of another, and so of all that the other has. */
  link(actor: Actor, seen: Seen, translationOf: number): Promise<Seen> {
    return this.relate(actor, seen, async (tx, now) => {
      if (translationOf === seen.id)
        throw badInput('translationOf', 'An article is no translation of itself.');
      await translate(tx, actor, now, translationOf, seen.id);
    });
  }

  /** Takes the article out of those that translate one another. */
  unlink(actor: Actor, seen: Seen): Promise<Seen> {
    return this.relate(actor, seen, async (tx, now) => {
      await unlinkTranslation(tx, actor, now, seen.id);
    });
  }

  private async contentOf(
    tx: Tx,
    actor: Actor,
    now: Instant,
    draft: Omit<ArticleDraft, 'translationOf'>,
  ): Promise<ArticleContent> {
    return taggedContent(tx, this.tagger, await contentOf(tx, actor, now, draft));
  }

  /** Changes one article that is held for it, by who may, in a status that allows it, as its writer has seen it. */
  private async change(
    actor: Actor,
    seen: Seen,
    step: Step,
    work: (tx: Tx, article: CurrentArticle, now: Instant) => Promise<Change>,
  ): Promise<Seen> {
    assertMayActOnArticle(actor, step.action, null);
    return this.database.write(async (tx) => {
      const now = this.clock.now();
      const article = await heldArticle(tx, actor, now, seen, step);
      const change = await taggedChange(tx, this.tagger, article, await work(tx, article, now));
      const update = { ...change, id: seen.id, expectedRevision: seen.revision };
      const [revision = seen.revision] = await updateArticles(tx, actor, now, [update]);
      return { id: seen.id, revision };
    });
  }

  /** Changes what the article is to others: their revisions rise with its own. */
  private async relate(
    actor: Actor,
    seen: Seen,
    work: (tx: Tx, now: Instant) => Promise<void>,
  ): Promise<Seen> {
    assertMayActOnArticle(actor, 'EDIT', null);
    return this.database.write(async (tx) => {
      const now = this.clock.now();
      await heldArticle(tx, actor, now, seen, { action: 'EDIT', step: null });
      await work(tx, now);
      const [after] = await articlesById.NEWSROOM(tx, { keys: [seen.id], now });
      return { id: seen.id, revision: after?.revision ?? seen.revision };
    });
  }
}

/** The article, which nobody else changes before the transaction ends. */
async function heldArticle(
  tx: Tx,
  actor: Actor,
  now: Instant,
  { id, revision }: Seen,
  { action, step }: Step,
): Promise<CurrentArticle> {
  const article = (await holdArticles(tx, [id])).get(id);
  if (!article) throw new DatelineError('NOT_FOUND', 'There is no such article.', { argument: 'id' });
  const status = statusAt(article, now);
  assertMayActOnArticle(actor, action, { createdBy: article.createdBy, status });
  assertAsSeen(article, revision);
  if (step !== null) assertPossible(step, status);
  return article;
}

/** When the article was first published; null where it was not, or only scheduled. */
function firstPublication(article: CurrentArticle, now: Instant): Instant | null {
  return earlier(article.publishedAt, now);
}

function earlier(instant: Instant | null, than: Instant | null): Instant | null {
  return instant !== null && than !== null && instant <= than ? instant : null;
}

const UNMADE: EditedArticle = {
  id: null,
  slug: null,
  path: null,
  primaryCategoryId: null,
  embargoUntil: null,
  expiresAt: null,
  categoryIds: [],
  topics: [],
};

async function contentOf(
  tx: Tx,
  actor: Actor,
  now: Instant,
  draft: Omit<ArticleDraft, 'translationOf'>,
): Promise<ArticleContent> {
  const { fields, body, ...ties } = await resolveEdit(tx, actor, now, draft, UNMADE);
  const slug = slugify(draft.title);
  const { title, language } = { title: draft.title, language: draft.language, ...fields };
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      slug,
      path: defaultPath(fields?.slug ?? slug),
      ...fields,
      ...{ title, language, createdAt: now, updatedAt: now },
    },
    body: body ?? parseBody(''),
    authorIds: ties.authorIds ?? [],
    categoryIds: ties.categoryIds ?? [],
    topics: ties.topics ?? [],
  };
}

async function editedArticle(tx: Tx, article: CurrentArticle): Promise<EditedArticle> {
  const state = (await statesOf(tx, [article])).get(article.id);
  return {
    ...article,
    categoryIds: (state?.categories ?? []).map(({ id }) => id),
    topics: (state?.topics ?? []).map(({ id, slug, ...mark }) => ({ topicId: id, ...mark })),
  };
}

/** @param unseen articles that the same transaction has made */
async function translate(
  tx: Tx,
  actor: Actor,
  at: Instant,
  original: number,
  translation: number,
  unseen: ReadonlySet<number> = new Set(),
): Promise<void> {
  const [found] = await articlesById.NEWSROOM(tx, { keys: [original], now: at });
  if (!found) throw new Refusal('NOT_FOUND', 'There is no such article.', 'translationOf');
  const { refused } = await linkTranslations(tx, actor, at, [{ original, translation }], unseen);
  if (refused.length === 0) return;
  throw new Refusal(
    'DUPLICATE',
    'That article has a translation into this language already.',
    'translationOf',
  );
}
