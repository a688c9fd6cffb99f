import { updateArticles } from '../articles';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Clock, Instant } from '../core/clock';
import { DatelineError } from '../core/errors';
import type { Seen } from '../core/revision';
import type { CommentingMode, Database } from '../database';
import { assertMay } from './comment.policy';
import type { CommentSettings } from './comment.settings';
import { commentingRules, holdRules, revisionOfCategory, setMode } from './commenting.store';
import { discussionOf } from './discussed.store';

/** Opens and closes discussions. Every method throws DatelineError FORBIDDEN, NOT_FOUND; then nothing was written. */
export class CommentingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: CommentSettings,
  ) {}

  /** Of one article: of the three the strictest holds. */
  async ofArticle(
    actor: Actor,
    id: number,
    mode: CommentingMode,
    closesAt: Instant | null | undefined,
  ): Promise<Seen> {
    assertMay(actor, 'SET_COMMENTING');
    return this.database.write(async (tx) => {
      const article = await discussionOf(tx, id);
      if (article === null)
        throw new DatelineError('NOT_FOUND', 'There is no such article.', { argument: 'articleId' });
      const commentingClosesAt = closesAt === undefined ? article.commentingClosesAt : closesAt;
      const update = {
        ...{ id, expectedRevision: article.revision, op: 'UPDATE' as const },
        fields: { commenting: mode, commentingClosesAt },
      };
      const [revision = article.revision] = await updateArticles(tx, actor, this.clock.now(), [update]);
      return { id, revision };
    });
  }

  /** Of all articles of a category, and of those below it. */
  async ofCategory(actor: Actor, id: number, mode: CommentingMode): Promise<number> {
    assertMay(actor, 'SET_COMMENTING');
    return this.database.write(async (tx) => {
      await holdRules(tx, 'EXCLUSIVE');
      const revision = await revisionOfCategory(tx, id);
      if (revision === null)
        throw new DatelineError('NOT_FOUND', 'There is no such category.', { argument: 'categoryId' });
      await setMode(tx, id, mode);
      recordChanges(tx, actor, this.clock.now(), [
        { entity: 'CATEGORY', entityId: id, op: 'UPDATE', revision, payload: { commenting: mode } },
      ]);
      return id;
    });
  }

  /** Of the whole site, never less strict than the configuration. */
  async ofSite(actor: Actor, mode: CommentingMode): Promise<CommentingMode> {
    assertMay(actor, 'SET_COMMENTING');
    return this.database.write(async (tx) => {
      await holdRules(tx, 'EXCLUSIVE');
      await setMode(tx, null, mode);
      recordChanges(tx, actor, this.clock.now(), [
        { entity: 'COMMENT', entityId: 0, op: 'UPDATE', revision: 0, payload: { commenting: mode } },
      ]);
      return (await commentingRules(tx, this.settings)).site;
    });
  }
}
