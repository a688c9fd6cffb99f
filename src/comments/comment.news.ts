/** Comments as they appear, told to those who follow a discussion. */
import { audienceOf, type Moment, Moments, type MomentsParts } from '../articles';
import type { ChangeEntry, ChangeFeed } from '../changes';
import type { Actor } from '../core/actor';
import type { Log } from '../core/log';
import { Stream } from '../core/stream';
import { LiveFeed } from '../live';
import type { CommentRow } from './comment';

/** A comment that everybody can read from now on. */
interface Appearance {
  readonly id: number;
  readonly articleId: number;
  readonly seq: number;
}

/** A comment that somebody is told of, and what is known of the newsroom at the moment. */
export interface AddedComment {
  readonly comment: CommentRow;
  readonly moment: Moment;
}

export interface CommentNewsParts extends MomentsParts {
  readonly changes: ChangeFeed;
  readonly log: Log;
}

/**
 * Tells of comments once they are approved: those that come in published, and those that a moderator lets through.
 * What an import brings is not told. However many are listening, a comment and its article are read once for all of them
 * who may read the same, and again for those who are more than a second late: they hear nothing of one that is gone.
 */
export class CommentNews {
  private readonly feed: LiveFeed<Appearance>;
  private readonly moments: Moments;

  constructor(parts: CommentNewsParts) {
    this.moments = new Moments(parts);
    this.feed = new LiveFeed({
      changes: parts.changes,
      log: parts.log,
      eventsOf: async (entries) => this.appearancesIn(entries),
    });
  }

  /**
   * What appears below the article from now on. `next` throws FellBehind for who is too slow.
   * @throws DatelineError SERVICE_UNAVAILABLE
   */
  async subscribe(actor: Actor, articleId: number): Promise<Stream<Appearance, AddedComment>> {
    const source = await this.feed.listen();
    const map = (appearance: Appearance) =>
      appearance.articleId === articleId ? this.read(actor, appearance) : null;
    return new Stream(source, { map });
  }

  private appearancesIn(entries: readonly ChangeEntry[]): Appearance[] {
    const last = entries.at(-1);
    const found = entries.flatMap(appearanceIn);
    if (last !== undefined && found.length > 0) this.moments.begin(last.seq, last.at);
    return found;
  }

  private async read(actor: Actor, { id, articleId, seq }: Appearance): Promise<AddedComment | null> {
    const moment = this.moments.for(seq);
    const { articles } = moment.reads(audienceOf(actor));
    const { comments } = moment.reads('PUBLIC');
    try {
      const [comment, article] = await Promise.all([comments.byId.load(id), articles.byId.load(articleId)]);
      return comment?.status === 'APPROVED' && article !== null ? { comment, moment } : null;
    } catch (error) {
      this.moments.drop(moment);
      throw error;
    }
  }
}

function appearanceIn({ seq, entity, entityId: id, payload }: ChangeEntry): Appearance[] {
  if (entity !== 'COMMENT' || payload?.to !== 'APPROVED' || payload.from === 'APPROVED') return [];
  const { article } = payload;
  return typeof article === 'number' ? [{ id, articleId: article, seq }] : [];
}
