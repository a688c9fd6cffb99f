import { normalise } from '../../src/core/text';
import { type SampleArticle, type SampleLanguage, sampleNewsroom } from '../../src/sample';

const { authors, categories, topics, articles, comments } = sampleNewsroom;

const languages: SampleLanguage[] = ['en', 'fa-AF', 'ps', 'ur', 'ar'];
const earliest = '2024-11-01T00:00:00.000Z';
const latest = '2026-12-01T00:00:00.000Z';

const byKey = new Map(articles.map((article) => [article.key, article]));
const originals = articles.filter((article) => article.translationOf === undefined);
const translations = articles.filter((article) => article.translationOf !== undefined);

function duplicates(values: string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function unknown(references: string[], known: string[]): string[] {
  const names = new Set(known);
  return references.filter((reference) => !names.has(reference));
}

function isInstant(value: string): boolean {
  return !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
}

/** A translation and its original share a group. */
function groupOf(article: SampleArticle): string {
  return article.translationOf ?? article.key;
}

describe('the sample newsroom', () => {
  describe('holds together', () => {
    it('has no slug or key twice', () => {
      expect(duplicates(authors.map(({ slug }) => slug))).toEqual([]);
      expect(duplicates(categories.map(({ slug }) => slug))).toEqual([]);
      expect(duplicates(topics.map(({ slug }) => slug))).toEqual([]);
      expect(duplicates(articles.map(({ slug }) => slug.normalize('NFKC').toLowerCase()))).toEqual([]);
      expect(duplicates(articles.map(({ key }) => key))).toEqual([]);
      expect(duplicates(comments.map(({ key }) => key))).toEqual([]);
    });

    it('refers only to what it contains', () => {
      const authorSlugs = authors.map(({ slug }) => slug);
      const categorySlugs = categories.map(({ slug }) => slug);
      const topicSlugs = topics.map(({ slug }) => slug);
      expect(
        unknown(
          articles.flatMap((article) => article.authors),
          authorSlugs,
        ),
      ).toEqual([]);
      expect(
        unknown(
          articles.flatMap((article) => article.categories),
          categorySlugs,
        ),
      ).toEqual([]);
      expect(
        unknown(
          articles.flatMap((article) => article.topics),
          topicSlugs,
        ),
      ).toEqual([]);
      expect(
        unknown(
          categories.flatMap(({ topic }) => topic ?? []),
          topicSlugs,
        ),
      ).toEqual([]);
      expect(
        unknown(
          comments.map(({ article }) => article),
          [...byKey.keys()],
        ),
      ).toEqual([]);
      expect(
        unknown(
          translations.map(groupOf),
          originals.map(({ key }) => key),
        ),
      ).toEqual([]);
    });

    it('lists parents before their children', () => {
      const listed = (slugs: string[], parent: string | undefined, at: number) =>
        parent === undefined || slugs.slice(0, at).includes(parent);
      const categorySlugs = categories.map(({ slug }) => slug);
      const topicSlugs = topics.map(({ slug }) => slug);
      expect(categories.filter(({ parent }, at) => !listed(categorySlugs, parent, at))).toEqual([]);
      expect(topics.filter(({ parent }, at) => !listed(topicSlugs, parent, at))).toEqual([]);
    });

    it('uses every author, category and topic', () => {
      const leaves = categories.filter(({ slug }) => !categories.some(({ parent }) => parent === slug));
      expect(
        unknown(
          leaves.map(({ slug }) => slug),
          articles.flatMap((article) => article.categories),
        ),
      ).toEqual([]);
      expect(
        unknown(
          authors.map(({ slug }) => slug),
          articles.flatMap((article) => article.authors),
        ),
      ).toEqual([]);
      expect(
        unknown(
          topics.map(({ slug }) => slug),
          articles.flatMap((article) => article.topics),
        ),
      ).toEqual([]);
    });
  });

  describe('topics', () => {
    it('are named once in each of the five languages', () => {
      for (const topic of topics) {
        expect([topic.slug, topic.names.map(({ language }) => language)]).toEqual([topic.slug, languages]);
        for (const { name, aliases } of topic.names) {
          expect(name.trim()).not.toBe('');
          expect(duplicates([name, ...aliases].map(normalise))).toEqual([]);
        }
      }
    });

    it('are about forty, of every kind, with valid Wikidata identifiers', () => {
      expect(topics.length).toBeGreaterThanOrEqual(35);
      expect(topics.length).toBeLessThanOrEqual(42);
      expect(new Set(topics.map(({ kind }) => kind)).size).toBe(5);
      const ids = topics.flatMap(({ wikidataId }) => wikidataId ?? []);
      expect(ids.filter((id) => !/^Q[1-9]\d*$/.test(id))).toEqual([]);
      expect(duplicates(ids)).toEqual([]);
    });
  });

  describe('articles', () => {
    it('are as many as promised, in every state', () => {
      expect(authors.length).toBeGreaterThanOrEqual(6);
      expect(originals.length).toBeGreaterThanOrEqual(58);
      expect(originals.length).toBeLessThanOrEqual(80);
      const inState = (status: SampleArticle['status']) =>
        articles.filter((article) => article.status === status);
      expect(inState('DRAFT')).toHaveLength(2);
      expect(inState('SCHEDULED')).toHaveLength(1);
      expect(inState('WITHDRAWN')).toHaveLength(1);
      expect(articles.filter(({ embargoUntil }) => embargoUntil !== undefined)).toHaveLength(1);
      expect(articles.filter(({ expiresAt }) => expiresAt !== undefined)).toHaveLength(1);
      expect(articles.filter(({ kind }) => kind === 'PAGE')).toHaveLength(1);
      expect(articles.some(({ pinned }) => pinned)).toBe(true);
    });

    it('carry a withdrawal note exactly when they are withdrawn', () => {
      for (const { key, status, withdrawalNote } of articles) {
        expect([key, withdrawalNote !== undefined]).toEqual([key, status === 'WITHDRAWN']);
      }
    });

    it('have instants within the two years, except the one that is scheduled', () => {
      for (const { key, status, publishedAt } of articles) {
        if (publishedAt === null) {
          expect([key, status]).toEqual([key, 'DRAFT']);
          continue;
        }
        expect([key, isInstant(publishedAt)]).toEqual([key, true]);
        const within = publishedAt >= earliest && publishedAt < latest;
        expect([key, within]).toEqual([key, status !== 'SCHEDULED']);
      }
      const limits = articles.flatMap(({ embargoUntil, expiresAt }) =>
        [embargoUntil ?? [], expiresAt ?? []].flat(),
      );
      expect(limits.every(isInstant)).toBe(true);
    });

    it('include two with the same instant', () => {
      const instants = articles.flatMap(({ publishedAt }) => publishedAt ?? []);
      expect(duplicates(instants)).toEqual(['2025-06-14T05:30:00.000Z']);
    });

    it('have one to three categories, the primary one among them, and no topic twice', () => {
      for (const article of articles.filter(({ kind }) => kind !== 'PAGE')) {
        expect([article.key, article.categories.length >= 1 && article.categories.length <= 3]).toEqual([
          article.key,
          true,
        ]);
        expect(article.categories).toContain(article.primaryCategory);
        expect(article.topics.length).toBeGreaterThan(0);
        expect(article.authors.length).toBeGreaterThan(0);
        expect([...duplicates(article.topics), ...duplicates(article.categories)]).toEqual([]);
      }
    });

    it('have well-nested HTML of known elements', () => {
      const allowed =
        /^(p|h2|ul|li|blockquote|figure|figcaption|img|table|thead|tbody|tr|th|td|em|strong|a)$/;
      for (const { key, html } of articles) {
        const open: string[] = [];
        for (const [, closing, name = ''] of html.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
          expect([key, name]).toEqual([key, expect.stringMatching(allowed)]);
          if (closing) expect([key, open.pop()]).toEqual([key, name]);
          else if (name !== 'img') open.push(name);
        }
        expect([key, open]).toEqual([key, []]);
      }
    });

    it('show images of the example host only', () => {
      const urls = [
        ...articles.flatMap(({ leadImage }) => leadImage?.url ?? []),
        ...authors.flatMap(({ avatarUrl }) => avatarUrl ?? []),
        ...articles.flatMap(({ html }) => [...html.matchAll(/src="([^"]+)"/g)].map(([, url]) => url ?? '')),
      ];
      expect(urls.length).toBeGreaterThan(15);
      expect(urls.filter((url) => !url.startsWith('https://images.dateline.example/'))).toEqual([]);
    });
  });

  describe('translations', () => {
    it('are one for each language of a group', () => {
      expect(duplicates(articles.map((article) => `${groupOf(article)} ${article.language}`))).toEqual([]);
      expect(originals.filter(({ language }) => language !== 'en')).toEqual([]);
    });

    it('cover twelve articles, and each language at least four times', () => {
      expect(new Set(translations.map(groupOf)).size).toBeGreaterThanOrEqual(12);
      for (const language of languages.slice(1)) {
        expect(translations.filter((article) => article.language === language).length).toBeGreaterThanOrEqual(
          4,
        );
      }
    });

    it('keep the categories and topics of the original and appear after it', () => {
      for (const article of translations) {
        const original = byKey.get(groupOf(article));
        expect([article.key, article.topics, article.categories]).toEqual([
          article.key,
          original?.topics,
          original?.categories,
        ]);
        expect((article.publishedAt ?? '') > (original?.publishedAt ?? '')).toBe(true);
      }
    });

    it('have slugs in their own script, without invisible characters', () => {
      for (const { slug } of translations) expect(slug).toMatch(/^[\p{Script=Arabic}\p{M}-]+$/u);
      for (const { slug } of originals) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(articles.filter(({ slug }) => slug !== slug.normalize('NFC'))).toEqual([]);
    });

    it('exercise zero-width non-joiners and Eastern digits', () => {
      const text = (language: SampleLanguage) =>
        translations
          .filter((article) => article.language === language)
          .map(({ html }) => html)
          .join('');
      expect(text('fa-AF')).toContain('\u200c');
      expect(text('fa-AF')).toMatch(/[۰-۹]/);
      expect(text('ps')).toMatch(/[۰-۹]/);
      expect(text('ur')).toMatch(/[۰-۹]/);
      expect(text('ar')).toMatch(/[٠-٩]/);
    });
  });

  describe('comments', () => {
    it('are about forty on eight articles, in every state', () => {
      expect(comments.length).toBeGreaterThanOrEqual(38);
      expect(new Set(comments.map(({ article }) => article)).size).toBe(8);
      expect(new Set(comments.map(({ status }) => status)).size).toBe(3);
    });

    it('answer an earlier comment on the same article', () => {
      const seen = new Map<string, (typeof comments)[number]>();
      for (const comment of comments) {
        if (comment.parent !== undefined) {
          const parent = seen.get(comment.parent);
          expect([comment.key, parent?.article]).toEqual([comment.key, comment.article]);
          expect((parent?.at ?? '') < comment.at).toBe(true);
        }
        seen.set(comment.key, comment);
      }
    });

    it('come after the article, from addresses that belong to nobody', () => {
      for (const { key, article, at, email } of comments) {
        expect([key, isInstant(at)]).toEqual([key, true]);
        expect([key, at > (byKey.get(article)?.publishedAt ?? at) && at < latest]).toEqual([key, true]);
        expect(email).toMatch(/@example\.(org|com)$/);
      }
    });
  });
});
