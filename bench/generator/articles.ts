import { listedAt, type TopicMark } from '../../src/articles/article';
import { written } from '../../src/articles/article.written';
import { slugify } from '../../src/core/text';
import { type Life, makeLives } from './lives';
import { body, headline, standfirst } from './prose';
import { type Random, zipf } from './random';
import type { Coverage, Row, Rows } from './rows';
import { AUTHOR_COUNT, type Subjects, TOPIC_COUNT } from './subjects';
import { makeThread } from './thread';
import type { Language } from './words';

const LANGUAGES: readonly Language[] = ['en', 'en', 'en', 'en', 'fa', 'fa', 'fa', 'ps', 'ur', 'ar'];
const PLACES = ['KABUL', 'PESHAWAR', 'KARACHI', 'HERAT', 'DOHA', 'ISLAMABAD'];

/** Makes the articles one after the other, by key, oldest first. */
export class ArticleMaker {
  readonly coverage: Coverage;
  /** Keys given out so far. */
  private images = 0;
  private comments = 0;
  private changes = 0;
  /** The group of translations that is being made, and the languages that it still lacks. */
  private group: { id: number; lacks: Language[] } | null = null;

  private readonly rankOfCategory: (random: Random) => number;
  private readonly lifeOf: (id: number) => Life;
  private readonly pickTopic = zipf(TOPIC_COUNT - 2, 1, 8);
  private readonly pickAuthor = zipf(AUTHOR_COUNT, 0.6);

  constructor(
    private readonly random: Random,
    private readonly subjects: Subjects,
    private readonly total: number,
  ) {
    this.lifeOf = makeLives(random, total);
    this.rankOfCategory = zipf(subjects.categoryCount, 0.8);
    this.coverage = {
      authors: new Int32Array(AUTHOR_COUNT + 1),
      categories: new Int32Array(subjects.categoryCount + 1),
      topics: new Int32Array(TOPIC_COUNT + 1),
    };
  }

  get lastChange(): number {
    return this.changes;
  }

  make(id: number, rows: Rows): void {
    const { random } = this;
    const { language, translationGroup } = this.languageOf(id);
    const life = this.lifeOf(id);
    const title = headline(random, language);
    const slug = `${slugify(title)
      .slice(0, 70)
      .replace(/-[^-]*$/, '')}-${id}`;
    const categoryIds = distinct(random.between(3, 7), () => this.pickCategory());
    const published = life.publishedAt ?? life.createdAt;
    const commented = life.status === 'PUBLISHED' || life.status === 'WITHDRAWN';
    const thread = commented ? makeThread(random, id, published, language, this.comments) : [];
    this.comments += thread.length;
    for (const comment of thread) rows.comments.push(comment);
    const article = {
      id,
      slug,
      path: `/${new Date(published).toISOString().slice(0, 7).replace('-', '/')}/${slug}`,
      canonicalUrl: random.chance(0.5) ? `https://news.example/${slug}` : null,
      language,
      translationGroup,
      title,
      standfirst: random.chance(0.95) ? standfirst(random, language) : null,
      datelinePlace: random.chance(0.7) ? random.pick(PLACES) : null,
      datelineSource: random.chance(0.7) ? 'Dateline Bench' : null,
      byline: random.chance(0.1) ? 'Our correspondents' : null,
      primaryCategoryId: categoryIds[0] ?? null,
      leadImageId: this.leadImage(rows),
      pinned: random.chance(0.0005),
      credit: null,
      licence: null,
      territories: random.chance(0.05) ? ['AF', 'PK'] : null,
      textAndDataMining: random.chance(0.9),
      commentCount: thread.reduce((count, { status }) => count + (status === 'APPROVED' ? 1 : 0), 0),
      revision: 1,
      ...life,
    };
    const { html, text, blocks, wordCount } = body(random, language);
    rows.articleBodies.push({ articleId: id, html, text, blocks: [...blocks], wordCount });
    rows.articles.push({ ...article, ...this.tie(id, life, categoryIds, rows) });
    rows.changes.push({
      seq: ++this.changes,
      at: life.createdAt,
      entity: 'ARTICLE',
      entityId: id,
      op: life.status === 'PUBLISHED' ? 'PUBLISH' : 'CREATE',
      revision: 1,
      actor: 'system:bench',
      payload: null,
    });
  }

  private languageOf(id: number): { language: Language; translationGroup: number | null } {
    const { random } = this;
    const next = this.group?.lacks.pop();
    if (this.group && next) return { language: next, translationGroup: this.group.id };
    this.group = null;
    const language = random.pick(LANGUAGES);
    if (!random.chance(0.08) || id === this.total) return { language, translationGroup: null };
    const others: Language[] = language === 'en' ? ['fa', 'ps'] : ['en'];
    this.group = { id, lacks: others.slice(0, Math.min(others.length, this.total - id)) };
    return { language, translationGroup: id };
  }

  private leadImage(rows: Rows): number | null {
    const { random } = this;
    if (!random.chance(0.7)) return null;
    if (this.images > 0 && random.chance(0.05)) return random.between(1, this.images);
    const id = ++this.images;
    rows.images.push({
      id,
      url: `https://images.news.example/${id % 97}/${id}.jpg`,
      width: 1600,
      height: random.pick([900, 1067, 1200]),
      alt: random.chance(0.8) ? headline(random, 'en') : null,
      caption: random.chance(0.6) ? headline(random, 'en') : null,
      credit: random.chance(0.7) ? 'Photo: Dateline Bench' : null,
    });
    return id;
  }

  /** Returns what the row of the article repeats of its ties. */
  private tie(id: number, life: Life, categoryIds: number[], rows: Rows): Partial<Row<'articles'>> {
    const { random, coverage, subjects } = this;
    const listing = {
      articleId: id,
      listedAt: listedAt(life),
      embargoUntil: life.embargoUntil,
      expiresAt: life.expiresAt,
    };
    const listed = listing.listedAt === null ? 0 : 1;
    const authorIds = distinct(random.chance(0.3) ? 2 : 1, () => this.pickAuthor(random) + 1);
    for (const [position, authorId] of authorIds.entries()) {
      rows.articleAuthors.push({ ...listing, authorId, position });
      coverage.authors[authorId] = (coverage.authors[authorId] ?? 0) + listed;
    }
    for (const [categoryId, place] of withAncestors(categoryIds, subjects.categoryParents)) {
      rows.articleCategories.push({ ...listing, categoryId, direct: place !== null, position: place ?? 0 });
      coverage.categories[categoryId] = (coverage.categories[categoryId] ?? 0) + listed;
    }
    const topics: TopicMark[] = [];
    for (const [topicId, place] of withAncestors(this.topicsOf(), subjects.topicParents)) {
      const { direct, ...own } = mark(random, place);
      rows.articleTopics.push({ ...listing, topicId, direct, ...own });
      if (direct) topics.push({ topicId, ...own });
      coverage.topics[topicId] = (coverage.topics[topicId] ?? 0) + listed;
    }
    return written({ authorIds, categoryIds, topics });
  }

  /** Frequent and rare ones stand side by side in the tree. */
  private pickCategory(): number {
    return ((this.rankOfCategory(this.random) * 7 + 2) % this.subjects.categoryCount) + 1;
  }

  /** Eight on average; the first two stand on about a third of all articles, often together. */
  private topicsOf(): number[] {
    const { random } = this;
    const first = random.chance(0.34) ? [1] : [];
    const second = random.chance(first.length > 0 ? 0.6 : 0.18) ? [2] : [];
    const others = distinct(random.between(4, 11), () => this.pickTopic(random) + 3);
    return [...first, ...second, ...others];
  }
}

function mark(
  random: Random,
  place: number | null,
): Pick<Row<'articleTopics'>, 'direct' | 'salience' | 'mentions' | 'source'> {
  if (place === null) return { direct: false, salience: 0, mentions: 0, source: 'MACHINE' };
  const source = random.pick(['EDITOR', 'IMPORT', 'MACHINE', 'MACHINE'] as const);
  return {
    direct: true,
    // Coarse, so that equal saliences occur, as they do after an import.
    salience: Math.round((1 - place / 12) * random.next() * 100) / 100,
    mentions: source === 'MACHINE' ? random.between(1, 12) : 0,
    source,
  };
}

/** The subjects with their places, then with null each ancestor that is not among them. */
function withAncestors(
  ids: readonly number[],
  parents: ReadonlyMap<number, number>,
): Map<number, number | null> {
  const all = new Map<number, number | null>(ids.map((id, place) => [id, place]));
  for (const id of ids) {
    for (let parent = parents.get(id); parent !== undefined; parent = parents.get(parent)) {
      if (!all.has(parent)) all.set(parent, null);
    }
  }
  return all;
}

function distinct(count: number, draw: () => number): number[] {
  const drawn = new Set<number>();
  for (let tries = 0; drawn.size < count && tries < count * 20; tries++) drawn.add(draw());
  return [...drawn];
}
