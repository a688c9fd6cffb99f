/** What can be done to collections, and by whom. */
import type { WriteScope } from '../changes';
import type { Actor } from '../core/actor';
import type { Clock } from '../core/clock';
import { badInput } from '../core/errors';
import { chosenSlug, distinctValues, requiredText } from '../core/fields';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { slugify } from '../core/text';
import type { Database, Tx } from '../database';
import { EVERY_TIME, type Once } from '../idempotency';
import { MAX_ARTICLES_OF_A_COLLECTION, placed } from './collection';
import { assertMayActOnCollections } from './collection.policy';
import {
  type CollectionFields,
  deleteCollection,
  holdCollection,
  insertCollection,
  updateCollection,
} from './collection.writer';

/** The slug is made of the title where there is none. */
export type CollectionDraft = Partial<CollectionFields> & Pick<CollectionFields, 'title'>;

const MAX_TITLE = 200;

export class CollectionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal SLUG_TAKEN, NOT_FOUND; DatelineError FORBIDDEN, BAD_USER_INPUT */
  async create(
    actor: Actor,
    { title, slug, articles = [] }: CollectionDraft,
    once: Once = EVERY_TIME,
  ): Promise<Seen> {
    assertMayActOnCollections(actor, 'CREATE');
    const fields = {
      title: requiredText('title', title, MAX_TITLE),
      slug: slug === undefined ? slugify(title) : chosenSlug(slug),
      articles: checkedArticles(articles),
    };
    const origin = slug === undefined ? 'DERIVED' : 'CHOSEN';
    return this.write(actor, (scope) =>
      once(scope, async () => ({ id: await insertCollection(scope, fields, origin), revision: 1 })),
    );
  }

  /** @throws VersionConflict; Refusal SLUG_TAKEN, NOT_FOUND; DatelineError FORBIDDEN, BAD_USER_INPUT */
  async update(actor: Actor, seen: Seen, edit: Partial<CollectionFields>): Promise<Seen> {
    assertMayActOnCollections(actor, 'EDIT');
    const fields = {
      ...(edit.title === undefined ? {} : { title: requiredText('title', edit.title, MAX_TITLE) }),
      ...(edit.slug === undefined ? {} : { slug: chosenSlug(edit.slug) }),
      ...(edit.articles ? { articles: checkedArticles(edit.articles) } : {}),
    };
    const revision = await this.write(actor, (scope) => updateCollection(scope, seen, fields));
    return { id: seen.id, revision };
  }

  /**
   * Puts one article at a place, 0 being the top, whether it is in the collection already or not. To do it again
   * changes nothing.
   * @throws Refusal NOT_FOUND, NOT_ALLOWED_IN_STATE for a collection that is full; DatelineError FORBIDDEN, BAD_USER_INPUT
   */
  async place(actor: Actor, id: number, article: number, place: number): Promise<Seen> {
    assertMayActOnCollections(actor, 'EDIT');
    if (place < 0) throw badInput('position', '"position" is 0 at the top, and rises from there.');
    return this.rearrange(actor, id, (articles) => {
      if (articles.length >= MAX_ARTICLES_OF_A_COLLECTION && !articles.includes(article)) throw full();
      return placed(articles, article, place);
    });
  }

  /** Takes one article out; to do it again changes nothing. @throws Refusal NOT_FOUND; DatelineError FORBIDDEN */
  async remove(actor: Actor, id: number, article: number): Promise<Seen> {
    assertMayActOnCollections(actor, 'EDIT');
    return this.rearrange(actor, id, (articles) => articles.filter((each) => each !== article));
  }

  /** @throws VersionConflict; Refusal NOT_FOUND; DatelineError FORBIDDEN */
  async delete(actor: Actor, seen: Seen): Promise<void> {
    assertMayActOnCollections(actor, 'DELETE');
    await this.write(actor, (scope) => deleteCollection(scope, seen));
  }

  private rearrange(
    actor: Actor,
    id: number,
    order: (articles: readonly number[]) => readonly number[],
  ): Promise<Seen> {
    return this.write(actor, async (scope) => {
      const { revision, articles: before } = await holdCollection(scope.tx, id);
      const articles = order(before);
      if (articles.join() === before.join()) return { id, revision };
      return { id, revision: await updateCollection(scope, { id, revision }, { articles }) };
    });
  }

  private write<T>(actor: Actor, work: (scope: WriteScope) => Promise<T>): Promise<T> {
    return this.database.write((tx: Tx) => work({ tx, actor, at: this.clock.now() }));
  }
}

function checkedArticles(articles: readonly number[]): readonly number[] {
  return distinctValues('articles', articles, MAX_ARTICLES_OF_A_COLLECTION);
}

function full(): Refusal {
  const message = `The collection has ${MAX_ARTICLES_OF_A_COLLECTION} articles. Take one out first.`;
  return new Refusal('NOT_ALLOWED_IN_STATE', message, 'article');
}
