/** Links that let somebody without an account read one article, as it is, before it is published. */
import { entry, recordChanges } from '../../changes';
import type { Actor } from '../../core/actor';
import type { Clock, Instant } from '../../core/clock';
import { badInput, DatelineError } from '../../core/errors';
import type { SecretBox } from '../../core/sealed';
import type { Database, Tx } from '../../database';
import { type ArticleRow, statusAt } from '../article';
import { assertPossible } from '../article.life';
import { assertMayActOnArticle } from '../article.policy';
import { articlesById } from '../article.store';
import { type CurrentArticle, holdArticles } from '../revisions/current';
import { endPreviews, previewEpochs } from './preview.store';
import { previewToken, readPreviewToken } from './preview.token';

const DAY = 24 * 3_600_000;
/** Milliseconds that a preview lasts when nobody says otherwise, and at the most. */
const USUAL_LIFE = 7 * DAY;
const LONGEST_LIFE = 30 * DAY;

export interface PreviewParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly box: SecretBox;
  /** The address of the site's page that shows previews, with `{token}` in it; null where there is none. */
  readonly page: string | null;
}

export interface PreviewLink {
  readonly articleId: number;
  readonly token: string;
  readonly url: string | null;
  readonly expiresAt: Instant;
}

export class PreviewService {
  constructor(private readonly parts: PreviewParts) {}

  /** Gives out a link to the article. @throws Refusal; DatelineError FORBIDDEN, NOT_FOUND, BAD_USER_INPUT */
  async give(actor: Actor, id: number, until?: Instant): Promise<PreviewLink> {
    return this.change(actor, id, async (tx, article, now) => {
      const expiresAt = checkedEnd(now, until);
      assertPossible('PREVIEW', statusAt(article, now));
      const told = { until: new Date(expiresAt).toISOString() };
      recordChanges(tx, actor, now, [entry('ARTICLE', article, 'PREVIEW', told)]);
      const token = previewToken(this.parts.box, { articleId: id, epoch: article.previewEpoch, expiresAt });
      const url = this.parts.page?.replaceAll('{token}', token) ?? null;
      return { articleId: id, token, url, expiresAt };
    });
  }

  /** Ends all links to the article. @throws DatelineError FORBIDDEN, NOT_FOUND */
  async revoke(actor: Actor, id: number): Promise<void> {
    await this.change(actor, id, async (tx, article, now) => {
      await endPreviews(tx, id);
      recordChanges(tx, actor, now, [entry('ARTICLE', article, 'PREVIEW', { revoked: true })]);
    });
  }

  /**
   * The article behind a link, as it is now. Whoever holds the link may read it.
   * @throws DatelineError PREVIEW_INVALID; PREVIEW_ENDED when its time is over, and when it was revoked
   */
  async read(token: string): Promise<ArticleRow> {
    const { box, clock, database } = this.parts;
    const now = clock.now();
    const preview = readPreviewToken(box, token);
    if (preview === null)
      throw new DatelineError('PREVIEW_INVALID', 'This is no preview link of this server.');
    if (preview.expiresAt <= now)
      throw new DatelineError('PREVIEW_ENDED', 'The time of this preview is over. Ask for another link.');
    const keys = [preview.articleId];
    const [current] = await previewEpochs(database, { ids: keys });
    const [row] = await articlesById.NEWSROOM(database, { keys, now });
    if (!row || current?.previewEpoch !== preview.epoch || row.status === 'WITHDRAWN')
      throw new DatelineError('PREVIEW_ENDED', 'This preview was taken back.');
    return row;
  }

  private async change<T>(
    actor: Actor,
    id: number,
    work: (tx: Tx, article: CurrentArticle, now: Instant) => Promise<T>,
  ): Promise<T> {
    assertMayActOnArticle(actor, 'EDIT', null);
    return this.parts.database.write(async (tx) => {
      const now = this.parts.clock.now();
      const article = (await holdArticles(tx, [id])).get(id);
      if (!article) throw new DatelineError('NOT_FOUND', 'There is no such article.', { argument: 'id' });
      assertMayActOnArticle(actor, 'EDIT', { createdBy: article.createdBy, status: statusAt(article, now) });
      return work(tx, article, now);
    });
  }
}

function checkedEnd(now: Instant, until: Instant = now + USUAL_LIFE): Instant {
  if (until <= now) throw badInput('expiresAt', '"expiresAt" is over already.');
  if (until <= now + LONGEST_LIFE) return until;
  throw badInput('expiresAt', `"expiresAt" is at most ${LONGEST_LIFE / DAY} days from now.`);
}
