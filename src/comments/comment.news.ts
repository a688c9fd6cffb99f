/** Comments as they appear, told to those who follow a discussion. */
import type { ChangeEntry, ChangeFeed } from '../changes';
import { DatelineError } from '../core/errors';
import type { Log } from '../core/log';
import { Stream } from '../core/stream';
import type { Reader } from '../database';
import { LiveFeed } from '../live';
import type { CommentRow } from './comment';
import { commentsById } from './comment.store';

/** A comment that everybody can read from now on. */
export interface CommentAppearance {
  readonly id: number;
  readonly articleId: number;
}

export interface CommentNewsParts {
  readonly database: Reader;
  readonly changes: ChangeFeed;
  readonly log: Log;
}

/**
 * Tells of comments once they are approved: those that come in published, and those that a moderator lets through.
 * What an import brings is not told. Whoever hears too late of one that is gone again hears nothing.
 */
export class CommentNews {
  private readonly feed: LiveFeed<CommentAppearance>;

  constructor(private readonly parts: CommentNewsParts) {
    this.feed = new LiveFeed({
      changes: parts.changes,
      log: parts.log,
      eventsOf: async (entries) => entries.flatMap(appearanceIn),
    });
  }

  /**
   * What appears below the article from now on. `next` throws FellBehind for who is too slow.
   * @param isSeen whether the viewer may read the article
   * @throws DatelineError NOT_FOUND, SERVICE_UNAVAILABLE
   */
  async subscribe(
    articleId: number,
    isSeen: () => Promise<boolean>,
  ): Promise<Stream<CommentAppearance, CommentRow>> {
    if (!(await isSeen()))
      throw new DatelineError('NOT_FOUND', 'There is no such article.', { argument: 'articleId' });
    const source = await this.feed.listen();
    const map = (appearance: CommentAppearance) =>
      appearance.articleId === articleId ? this.read(appearance.id, isSeen) : null;
    return new Stream(source, { map });
  }

  private async read(id: number, isSeen: () => Promise<boolean>): Promise<CommentRow | null> {
    const [row] = await commentsById(this.parts.database, { keys: [id] });
    return row?.status === 'APPROVED' && (await isSeen()) ? row : null;
  }
}

function appearanceIn({ entity, entityId: id, payload }: ChangeEntry): CommentAppearance[] {
  if (entity !== 'COMMENT' || payload?.to !== 'APPROVED' || payload.from === 'APPROVED') return [];
  const { article } = payload;
  return typeof article === 'number' ? [{ id, articleId: article }] : [];
}
