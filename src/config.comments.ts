/** What a newsroom decides about comments, out of its settings. */
import type { z } from 'zod';
import type { AkismetAccount, CommentSettings } from './comments';
import { AKISMET_URL } from './comments/akismet';
import type { settings } from './config.settings';

type Data = z.infer<typeof settings>;

export function commentsIn(data: Data): CommentSettings {
  const { COMMENTS_CLOSE_AFTER: closeAfter, COMMENT_ADDRESSES: privateRetention } = data;
  return Object.freeze({
    mode: data.COMMENTING,
    closeAfter: closeAfter === 'never' ? null : closeAfter,
    maxLength: data.COMMENT_LENGTH,
    maxLinks: data.COMMENT_LINKS,
    heldWords: data.COMMENT_HELD_WORDS,
    spamWords: data.COMMENT_SPAM_WORDS,
    rates: data.COMMENT_RATES,
    editWindow: data.COMMENT_EDIT_WINDOW,
    reportsToHold: data.COMMENT_REPORTS,
    trustAfter: data.COMMENT_TRUST_AFTER,
    privateRetention: privateRetention === 'forever' ? null : privateRetention,
  });
}

export function commentProblems({ AKISMET_KEY: key, AKISMET_SITE: site }: Data): string[] {
  if ((key === null) === (site === null)) return [];
  return ['AKISMET_KEY and AKISMET_SITE go together: set both, or neither.'];
}

/** Null where nobody outside is asked. */
export function akismetIn(data: Data): AkismetAccount | null {
  const { AKISMET_KEY: key, AKISMET_SITE: site, AKISMET_URL: url, AKISMET_TIMEOUT: timeout } = data;
  return key === null || site === null ? null : { key, site, timeout, url: url ?? AKISMET_URL };
}
