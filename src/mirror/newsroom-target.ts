import { sql } from 'drizzle-orm';
import {
  ARTICLE_DEFAULTS,
  type ArticleContent,
  type ArticleFields,
  insertArticles,
  updateArticles,
} from '../articles';
import { parseBody } from '../articles/body';
import { addAuthors } from '../authors';
import { saveCategories } from '../categories';
import { systemActor } from '../core/actor';
import type { Clock, Instant } from '../core/clock';
import type { Database, Tx } from '../database';
import { saveImages } from '../images';
import { findKeys, type ImportKey, saveKeys } from '../importers';
import { addTopics } from '../topics';
import { hangAsThere } from './newsroom-categories';
import type { RemoteArticle } from './publisher.query';
import type { MirrorState, MirrorTarget, Order } from './target';

const MIRROR = systemActor('mirror');
/** Articles that one transaction takes away. */
const BATCH = 200;

/**
 * Another Dateline. Articles are published there as they come; one that is taken is withdrawn there, and one that is on
 * hold goes back to the drafts. Each page is one transaction, with the state in it.
 */
export class NewsroomTarget implements MirrorTarget {
  private readonly source: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    from: string,
  ) {
    this.source = `mirror ${from}`;
  }

  async state(): Promise<MirrorState | null> {
    const { settings } = this.database.tables;
    const [row] = await this.database
      .select({ value: settings.value })
      .from(settings)
      .where(sql`${settings.name} = 'mirror'`);
    if (row === undefined) return null;
    const state: MirrorState = JSON.parse(row.value);
    return state;
  }

  async apply(orders: readonly Order[], state: MirrorState): Promise<void> {
    await this.database.write(async (tx) => {
      await new Page(tx, this.clock.now(), this.source, state.round).carryOut(orders);
      const { settings } = tx.tables;
      const value = JSON.stringify(state);
      await tx
        .insert(settings)
        .values({ name: 'mirror', value })
        .onConflictDoUpdate({ target: settings.name, set: { value } });
    });
  }

  async takeOthers(round: number): Promise<number> {
    for (let taken = 0; ; ) {
      const batch = await this.database.write(async (tx) => {
        const rows = await tx.rows<{ id: string }>(
          sql`select external_id as id from import_keys where source = ${this.source} and kind = 'article' and state like 'IN %' and state <> ${stateIn(round)} limit ${BATCH}`,
        );
        const orders = rows.map(
          ({ id }): Order => ({
            ...{ do: 'TAKE', id, revision: Number.MAX_SAFE_INTEGER, action: 'REMOVE' },
            ...{ op: 'REVOKE', note: null },
          }),
        );
        await new Page(tx, this.clock.now(), this.source, round).carryOut(orders);
        return rows.length;
      });
      taken += batch;
      if (batch < BATCH) return taken;
    }
  }

  async count(): Promise<number> {
    const [row] = await this.database.rows<{ total: number }>(
      sql`select count(*) as total from import_keys where source = ${this.source} and kind = 'article' and state like 'IN %'`,
    );
    return row?.total ?? 0;
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

/** In place of a note, for readers of the copy who ask why. */
const WHY: Readonly<Record<string, string>> = {
  EXPIRE: 'Its rights have run out.',
  REVOKE: 'It is not licensed any more.',
};
const OUT = 'OUT';
const stateIn = (round: number) => `IN ${round}`;

/** One page of orders, in its transaction. */
class Page {
  constructor(
    private readonly tx: Tx,
    private readonly at: Instant,
    private readonly source: string,
    private readonly round: number,
  ) {}

  async carryOut(orders: readonly Order[]): Promise<void> {
    if (orders.length === 0) return;
    const known = await findKeys(
      this.tx,
      this.source,
      'article',
      orders.map(({ id }) => id),
    );
    const puts = orders.flatMap((order) => (order.do === 'PUT' ? [order.article] : []));
    const present = puts.filter((article) => isThere(known.get(article.id), article.revision));
    await this.remember(
      present.flatMap(({ id }) => known.get(id) ?? []).map((key) => ({ ...key, state: stateIn(this.round) })),
    );
    await this.put(
      puts.filter((article) => !present.includes(article)),
      known,
    );
    for (const order of orders) {
      const key = known.get(order.id);
      if (order.do === 'TAKE' && key) await this.take(order, key);
    }
  }

  private async put(
    articles: readonly RemoteArticle[],
    known: ReadonlyMap<string, ImportKey>,
  ): Promise<void> {
    const contents = await this.contentsOf(articles);
    const fresh = articles.filter(({ id }) => !known.has(id));
    const added = await insertArticles(
      this.tx,
      MIRROR,
      this.at,
      fresh.flatMap(({ id }) => contents.get(id) ?? []),
    );
    const others = articles.flatMap((article) => {
      const key = known.get(article.id);
      const content = contents.get(article.id);
      return key && content ? [{ article, key, content }] : [];
    });
    const revisions = await this.revisionsOf(others.map(({ key }) => key.localId));
    const updated = await updateArticles(
      this.tx,
      MIRROR,
      this.at,
      others.map(({ key, content: { fields, body, authorIds, categoryIds, topics } }) => {
        const { createdAt: _, ...rest } = fields;
        return {
          ...{ id: key.localId, expectedRevision: revisions.get(key.localId) ?? 0 },
          ...{ op: key.state === OUT ? ('PUBLISH' as const) : ('UPDATE' as const) },
          ...{ fields: rest, body, authorIds, categoryIds, topics },
        };
      }),
    );
    const keys = [
      ...fresh.map((article, index) => ({ article, localId: added[index] ?? 0, revision: 1 })),
      ...others.map(({ article, key }, index) => ({
        ...{ article, localId: key.localId, revision: updated[index] ?? 0 },
      })),
    ];
    for (const { article, localId } of keys) await this.correct(localId, article.corrections);
    await this.remember(
      keys.map(({ article, localId, revision }) => ({
        ...{ externalId: article.id, localId, revision },
        ...{ fingerprint: String(article.revision), state: stateIn(this.round) },
      })),
    );
  }

  private async take(
    { revision, action, op, note }: Extract<Order, { do: 'TAKE' }>,
    key: ImportKey,
  ): Promise<void> {
    const isOut = key.state === OUT;
    if (Number(key.fingerprint) > revision || (isOut && action === 'HOLD')) return;
    const [row] = await this.tx.rows<{ revision: number; status: string }>(
      sql`select revision, status from articles where id = ${key.localId}`,
    );
    if (!row) return;
    const reason = note ?? WHY[op] ?? op;
    const update =
      action === 'HOLD'
        ? { op: 'UNPUBLISH' as const, fields: { status: 'DRAFT' as const } }
        : {
            op: 'WITHDRAW' as const,
            fields: { status: 'WITHDRAWN' as const, withdrawnAt: this.at, withdrawalNote: reason },
            payload: { note: reason },
          };
    if (row.status === update.fields.status) return this.remember([{ ...key, state: OUT }]);
    const [raised = row.revision] = await updateArticles(this.tx, MIRROR, this.at, [
      { id: key.localId, expectedRevision: row.revision, ...update },
    ]);
    await this.remember([{ ...key, revision: raised, state: OUT }]);
  }

  /** What corrections the copy has not. */
  private async correct(articleId: number, corrections: RemoteArticle['corrections']): Promise<void> {
    if (corrections.length === 0) return;
    const { articleCorrections: c } = this.tx.tables;
    const rows = await this.tx
      .select({ at: c.at, text: c.text })
      .from(c)
      .where(sql`${c.articleId} = ${articleId}`);
    const has = new Set(rows.map(({ at, text }) => `${at} ${text}`));
    const all = corrections.map(({ at, text }) => ({ articleId, at: Date.parse(at), text }));
    await this.tx.insertMany(
      c,
      all.filter(({ at, text }) => !has.has(`${at} ${text}`)),
    );
  }

  private async remember(keys: readonly ImportKey[]): Promise<void> {
    await saveKeys(this.tx, this.source, 'article', keys);
  }

  private async revisionsOf(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const rows = await this.tx.rows<{ id: number; revision: number }>(
      sql`select id, revision from articles where ${this.tx.portable.among(this.tx.tables.articles.id, 'ids')}`,
      { ids },
    );
    return new Map(rows.map(({ id, revision }) => [id, revision]));
  }

  /** The articles with the keys that what they name has here. */
  private async contentsOf(articles: readonly RemoteArticle[]): Promise<ReadonlyMap<string, ArticleContent>> {
    const { tx, at } = this;
    const authors = distinct(articles.flatMap((article) => article.authors));
    const categories = distinct(
      articles.flatMap((article) => article.categories.flatMap((each) => [...each.ancestors, each])),
    );
    const topics = distinct(articles.flatMap((article) => article.topics.map(({ topic }) => topic)));
    const images = articles.flatMap(({ leadImage }) => leadImage ?? []);
    const authorKeys = await addAuthors(
      tx,
      MIRROR,
      at,
      authors.map((each) => ({ ...each, avatarId: null })),
    );
    const categoryKeys = await saveCategories(
      tx,
      MIRROR,
      at,
      categories.map(({ slug, name, description }, position) => ({
        ...{ slug, name, description, position, parentId: null, topicId: null },
      })),
    );
    const topicKeys = await addTopics(
      tx,
      MIRROR,
      at,
      topics.map(({ slug, kind, name }) => ({
        ...{ slug, kind, parentId: null, description: null, wikidataId: null },
        names: [{ language: 'en', name, aliases: [] }],
      })),
    );
    const imageKeys = (await saveImages(tx, MIRROR, at, images)).keys;
    const keyOf = {
      author: bySlug(
        authors,
        authorKeys.map(({ id }) => id),
      ),
      category: bySlug(categories, categoryKeys),
      topic: bySlug(topics, topicKeys),
      image: new Map(images.map(({ url }, index) => [url, imageKeys[index] ?? 0])),
    };
    await hangAsThere(tx, MIRROR, at, articles, keyOf.category);
    const keys = (map: ReadonlyMap<string, number>, named: readonly { slug: string }[]) => [
      ...new Set(named.flatMap(({ slug }) => map.get(slug) ?? [])),
    ];
    return new Map(
      articles.map((article) => [
        article.id,
        {
          fields: {
            ...fieldsOf(article),
            primaryCategoryId: keyOf.category.get(article.primaryCategory?.slug ?? '') ?? null,
            leadImageId: keyOf.image.get(article.leadImage?.url ?? '') ?? null,
          },
          body: parseBody(article.body.html),
          authorIds: keys(keyOf.author, article.authors),
          categoryIds: keys(keyOf.category, article.categories),
          topics: article.topics.flatMap(({ topic, ...mark }) => {
            const topicId = keyOf.topic.get(topic.slug);
            return topicId === undefined ? [] : [{ topicId, ...mark }];
          }),
        },
      ]),
    );
  }
}

function isThere(key: ImportKey | undefined, revision: number): boolean {
  return key !== undefined && key.state !== OUT && Number(key.fingerprint) >= revision;
}

function fieldsOf(article: RemoteArticle): ArticleFields {
  const { rights, dateline } = article;
  const date = (text: string | null | undefined) => (text == null ? null : Date.parse(text));
  const publishedAt = Date.parse(article.publishedAt);
  return {
    ...ARTICLE_DEFAULTS,
    ...{ kind: article.kind, status: 'PUBLISHED', slug: article.slug, path: article.path },
    ...{ canonicalUrl: article.canonicalUrl, language: article.language, title: article.title },
    ...{ standfirst: article.standfirst, byline: article.byline, pinned: article.pinned },
    datelinePlace: dateline?.place ?? null,
    datelineSource: dateline?.source ?? null,
    ...{ createdAt: publishedAt, publishedAt, updatedAt: Date.parse(article.updatedAt) },
    ...{ embargoUntil: date(rights?.embargoUntil), expiresAt: date(rights?.expiresAt) },
    ...{ credit: rights?.credit ?? null, licence: rights?.licence ?? null },
    territories: rights?.territories ? [...rights.territories] : null,
    textAndDataMining: rights?.textAndDataMining ?? true,
  };
}

function distinct<T extends { readonly slug: string }>(named: readonly T[]): T[] {
  return [...new Map(named.map((each) => [each.slug, each])).values()];
}

function bySlug(
  named: readonly { readonly slug: string }[],
  keys: readonly number[],
): ReadonlyMap<string, number> {
  return new Map(named.map(({ slug }, index) => [slug, keys[index] ?? 0]));
}
