/**
 * Asks Akismet about comments, by its API (https://akismet.com/developers/detailed-docs/comment-check/): a form that
 * is posted, and "true" for spam or "false" as the whole answer.
 */

import type { Log } from '../core/log';
import type { CheckedAs, CheckedComment, CommentChecker } from './pipeline';

export const AKISMET_URL = 'https://rest.akismet.com';

export interface AkismetAccount {
  readonly key: string;
  /** The address of the front page. */
  readonly site: string;
  readonly url: string;
  /** Milliseconds for an answer. */
  readonly timeout: number;
}

/** Characters of an answer that are read: the longest that makes sense has five. */
const MAX_ANSWER = 100;

export class Akismet implements CommentChecker {
  constructor(
    private readonly account: AkismetAccount,
    private readonly log: Log,
  ) {}

  async check(comment: CheckedComment): Promise<CheckedAs> {
    const { url, timeout } = this.account;
    try {
      const response = await fetch(new URL('/1.1/comment-check', url), {
        method: 'POST',
        body: this.form(comment),
        headers: { 'user-agent': 'Dateline/0.1' },
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      });
      const answer = response.ok ? await beginningOf(response) : '';
      if (answer === 'false') return 'FINE';
      if (answer === 'true') return 'SPAM';
      await response.body?.cancel().catch(() => undefined);
      this.log.warn({ status: response.status }, 'Akismet gave no answer that makes sense: a comment waits');
    } catch (error) {
      // Not the error itself: it could quote what was sent.
      const reason = error instanceof Error ? error.name : 'unknown';
      this.log.warn({ reason }, 'Akismet did not answer: a comment waits');
    }
    return 'UNSURE';
  }

  private form(comment: CheckedComment): URLSearchParams {
    const { key, site } = this.account;
    return new URLSearchParams({
      api_key: key,
      blog: site,
      blog_charset: 'UTF-8',
      blog_lang: comment.language.replace('-', '_'),
      comment_type: comment.isReply ? 'reply' : 'comment',
      comment_author: comment.name,
      comment_content: comment.text,
      comment_date_gmt: new Date(comment.at).toISOString(),
      permalink: new URL(encodeURI(comment.path), site).href,
      user_ip: comment.address ?? '',
      ...(comment.email === null ? {} : { comment_author_email: comment.email }),
      ...(comment.userAgent === null ? {} : { user_agent: comment.userAgent }),
    });
  }
}

/** Of a text that may have no end. */
async function beginningOf({ body }: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER) break;
  }
  return text.trim();
}
