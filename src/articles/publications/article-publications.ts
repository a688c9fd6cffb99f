import type { ChangeEntry, ChangeFeed } from '../../changes';
import { nothingRead, type RoomReads } from '../../context';
import type { Actor } from '../../core/actor';
import type { Log } from '../../core/log';
import { Stream } from '../../core/stream';
import type { ChangeEntity, ChangeOp } from '../../database';
import { LiveFeed } from '../../live';
import type { ArticleRow } from '../article';
import { SCHEDULER } from '../article.content';
import type { ArticleFilter } from '../article.filter';
import { subjectsIn } from '../article.subjects';
import { audienceOf } from '../article.visibility';
import type { Moment } from './moment';
import { Moments, type MomentsParts } from './moments';
import { PublicationViewer } from './publication-viewer';

/** Milliseconds after which an article that an import brings is no news. */
const NEWS = 86_400_000;

/** With these an article can become visible to somebody. */
const APPEARANCES: ReadonlySet<ChangeOp> = new Set(['PUBLISH', 'RELEASE']);
/** What filters name. */
const SUBJECTS: ReadonlySet<ChangeEntity> = new Set(['AUTHOR', 'CATEGORY', 'TOPIC']);

/** An article that somebody is told of, and what is known of the newsroom at the moment. */
export interface Published {
  readonly article: ArticleRow;
  readonly moment: Moment;
}

/** An article that may have appeared. */
interface Appearance {
  readonly id: number;
  readonly seq: number;
}

export interface PublicationParts extends MomentsParts {
  readonly changes: ChangeFeed;
  readonly log: Log;
}

/**
 * Tells viewers of articles that are published, each of those that they may see and have asked for, once: when it is
 * published, when its embargo ends, or, where they have not been told of it, when it is published again. Articles
 * that an import brings count for a day from their publication on. However many are listening, what has changed is
 * read once for all of them, and again for those who are more than a second late: nobody is told of what has been
 * taken back meanwhile.
 */
export class ArticlePublications {
  private readonly feed: LiveFeed<Appearance>;
  private readonly viewers = new Set<PublicationViewer>();
  private readonly moments: Moments;

  constructor(private readonly parts: PublicationParts) {
    this.moments = new Moments(parts);
    this.feed = new LiveFeed({
      changes: parts.changes,
      log: parts.log,
      eventsOf: (entries) => this.appearancesIn(entries),
    });
  }

  /**
   * What is published from now on. `next` throws FellBehind for who is too slow.
   * @throws DatelineError BAD_USER_INPUT for a filter that is wrong; SERVICE_UNAVAILABLE
   */
  async subscribe(actor: Actor, filter: ArticleFilter | null): Promise<Stream<Appearance, Published>> {
    const viewer = new PublicationViewer(audienceOf(actor), filter);
    // Before its filter is resolved, so that it hears of what changes meanwhile.
    this.viewers.add(viewer);
    try {
      const source = await this.feed.listen();
      const map = (appearance: Appearance) => this.tell(viewer, appearance);
      const stream = new Stream(source, { map, ended: () => void this.viewers.delete(viewer) });
      const reads = this.parts.reads('NEWSROOM', this.parts.clock.now(), nothingRead());
      await this.resolve([viewer], reads).catch(async (error: unknown) => {
        await stream.return();
        throw error;
      });
      return stream;
    } catch (error) {
      this.viewers.delete(viewer);
      throw error;
    }
  }

  /** Reads what the entries are about, for all viewers at once. */
  private async appearancesIn(entries: readonly ChangeEntry[]): Promise<Appearance[]> {
    const last = entries.at(-1);
    const found = entries.filter(({ entity, op }) => entity === 'ARTICLE' && APPEARANCES.has(op));
    const renames = entries.some(({ entity }) => SUBJECTS.has(entity));
    if (last === undefined || (found.length === 0 && !renames)) return [];
    const moment = this.moments.begin(last.seq, last.at);
    try {
      if (renames) await this.resolve([...this.viewers].filter(namesSubjects), moment.reads('NEWSROOM'));
      return await this.newsAmong(found, moment);
    } catch (error) {
      this.moments.drop(moment);
      throw error;
    }
  }

  /** Reads the articles for everybody who may hear of them. */
  private async newsAmong(entries: readonly ChangeEntry[], moment: Moment): Promise<Appearance[]> {
    const ids = [...new Set(entries.map(({ entityId }) => entityId))];
    const audiences = [...new Set([...this.viewers].map(({ audience }) => audience))];
    const reads = audiences.map((audience) => moment.reads(audience).articles.byId);
    await Promise.all(ids.flatMap((id) => [moment.subjects, ...reads].map((loader) => loader.load(id))));
    const isToBeTold = async (entry: ChangeEntry) => {
      const rows = await Promise.all(reads.map((loader) => loader.load(entry.entityId)));
      return rows.some((row) => row !== null && isNews(entry, row));
    };
    const told = await Promise.all(entries.map(isToBeTold));
    return entries.flatMap(({ entityId: id, seq }, index) => (told[index] ? [{ id, seq }] : []));
  }

  private async tell(viewer: PublicationViewer, { id, seq }: Appearance): Promise<Published | null> {
    const moment = this.moments.for(seq);
    const article = await viewer.hear(id, moment);
    return article && { article, moment };
  }

  /** The slugs of all filters are looked up together. */
  private async resolve(viewers: readonly PublicationViewer[], reads: RoomReads): Promise<void> {
    const find = subjectsIn(reads);
    await Promise.all(viewers.map((viewer) => viewer.resolve(find)));
  }
}

function namesSubjects(viewer: PublicationViewer): boolean {
  return viewer.namesSubjects;
}

/** Whether anybody is to be told of an article that has appeared: not of an archive that is brought in. */
function isNews({ at, actor }: ChangeEntry, { publishedAt, embargoUntil }: ArticleRow): boolean {
  const isBrought = actor.startsWith('system:') && actor !== SCHEDULER.name;
  return !isBrought || Math.max(publishedAt ?? 0, embargoUntil ?? 0) >= at - NEWS;
}
