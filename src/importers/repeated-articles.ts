import type { ImportReport } from './import-report';
import type { PreparedArticle } from './prepare-article';
import { kindOf } from './sort-articles';

/** Characters of a fingerprint's hash that tell two texts of one article apart. */
const ENOUGH = 12;

/**
 * Notices articles that a source tells twice under one number. The first counts, or every run would change one into
 * the other. Keeps some 100 bytes an article.
 */
export class RepeatedArticles {
  private readonly seen = new Map<string, string>();

  /** Whether the article came before; then it is counted, and told of where it is another. */
  has(article: PreparedArticle, report: ImportReport): boolean {
    const { externalId, fingerprint, title, line } = article;
    const mark = fingerprint.split(' ')[2]?.slice(0, ENOUGH) ?? '';
    const first = this.seen.get(externalId);
    if (first === undefined) {
      this.seen.set(externalId, mark);
      return false;
    }
    report.skip(kindOf(article), 'another has the same number');
    report.skip('comments', 'of articles that were skipped', article.comments.length);
    if (first !== mark) {
      const message = `"${title}" has the number of an article before it (${externalId}), and is left out`;
      report.note({ line, lost: true, message });
    }
    return true;
  }
}
