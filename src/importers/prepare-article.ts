import { cleanHtml, parseBody } from '../articles/body';
import type { SecretBox } from '../core/sealed';
import { type SealedSender, type Sender, sealSender } from '../core/sender';
import { RECOGNISED_BY, recogniseArabicScript } from '../core/text';
import { storableText, toJson } from '../database';
import { type AnalysedTexts, TextAnalysis } from '../indexing';
import { type FoundWords, findWords } from '../tagging';
import { articleFingerprint } from './article-fingerprint';
import { commentFingerprint } from './comment-fingerprint';
import type { ImportArticle, ImportComment, ImportMedium } from './wordpress';

/** An article with everything done for it that needs no database. */
export interface PreparedArticle extends Omit<ImportArticle, 'html' | 'comments'> {
  readonly body: PreparedBody;
  /** For the index of the search. */
  readonly analysed: AnalysedTexts;
  /** For the tagger. */
  readonly words: FoundWords;
  /** By its letters; null where they do not tell, or where the article tells its language itself. */
  readonly recognisedLanguage: string | null;
  readonly comments: readonly PreparedComment[];
  /** Of the article as it came; see `isUnchanged`. */
  readonly fingerprint: string;
}

/** Sanitised, and in the form in which it goes from thread to thread and into the database at little cost. */
export interface PreparedBody {
  readonly html: string;
  readonly text: string;
  /** As JSON. */
  readonly blocks: string;
  readonly wordCount: number;
}

export interface PreparedComment extends Omit<ImportComment, 'html' | keyof Sender> {
  /** Sanitised. */
  readonly safeHtml: string;
  /** See `commentFingerprint`. */
  readonly fingerprint: string;
  readonly sender: SealedSender | null;
}

/**
 * Sanitises and takes apart what an article brings. This is most of an import's work, and needs nothing else.
 * @param box what is private goes on sealed
 * @param analysis one for articles that go on together, which then share their list of words
 */
export function prepareArticle(
  article: ImportArticle,
  box: SecretBox,
  analysis: TextAnalysis = new TextAnalysis(),
): PreparedArticle {
  const { html, comments, ...rest } = article;
  const { blocks, readingMinutes: _, ...body } = parseBody(html);
  return {
    ...rest,
    body: { ...body, blocks: toJson(blocks) },
    analysed: analysis.of({
      title: storableText(article.title),
      standfirst: article.excerpt === null ? null : storableText(article.excerpt),
      text: storableText(body.text),
    }),
    words: findWords({ title: article.title, standfirst: article.excerpt, text: body.text }),
    recognisedLanguage:
      article.languageSource === 'item'
        ? null
        : recogniseArabicScript(`${article.title} ${body.text.slice(0, RECOGNISED_BY)}`),
    comments: comments.map((comment) => prepareComment(box, article.medium, comment)),
    fingerprint: articleFingerprint(article),
  };
}

function prepareComment(
  box: SecretBox,
  medium: ImportMedium,
  { html, email, ip, ...comment }: ImportComment,
): PreparedComment {
  const safeHtml = cleanHtml(html);
  return {
    ...comment,
    safeHtml,
    fingerprint: commentFingerprint(box, medium, comment, safeHtml),
    sender: sealSender(box, { email, ip }),
  };
}
