import { type ArticleRow, statusAt } from '../article';
import type { ArticleFilter, FindSubjects } from '../article.filter';
import { toCriteria } from '../article.filter';
import { PUBLISHED_ARTICLES } from '../article.query';
import type { Audience } from '../article.visibility';
import { meets } from './meets';
import type { Moment } from './moment';

/** Articles that a viewer is remembered to have been told of: the last ones. */
const REMEMBERED = 500;

/** One who is told of publications: what is of interest to them, and what they have been told. */
export class PublicationViewer {
  private criteria = PUBLISHED_ARTICLES;
  private readonly told = new Set<number>();

  constructor(
    readonly audience: Audience,
    private readonly filter: ArticleFilter | null,
  ) {}

  /** Finds what the slugs of the filter stand for now. @throws DatelineError BAD_USER_INPUT */
  async resolve(find: FindSubjects): Promise<void> {
    this.criteria = await toCriteria(this.filter, this.audience, find);
  }

  /** Whether what the filter asks for depends on what topics, categories and authors there are. */
  get namesSubjects(): boolean {
    const { topics, categories, authors } = this.filter ?? {};
    return topics != null || categories != null || authors != null;
  }

  /** The article, where the viewer is to be told of it now; null where not. Each is told of once. */
  async hear(id: number, moment: Moment): Promise<ArticleRow | null> {
    if (this.told.has(id)) return null;
    const [article, subjects] = await Promise.all([
      moment.reads(this.audience).articles.byId.load(id),
      moment.subjects.load(id),
    ]);
    if (article === null || subjects === null || statusAt(article, moment.now) !== 'PUBLISHED') return null;
    if (!meets(this.criteria, article, subjects, moment.now)) return null;
    this.remember(id);
    return article;
  }

  private remember(id: number): void {
    this.told.add(id);
    const [oldest] = this.told;
    if (this.told.size > REMEMBERED && oldest !== undefined) this.told.delete(oldest);
  }
}
