import type { Instant } from '../../core/clock';
import type { SecretBox } from '../../core/sealed';

/** What a preview link lets its holder read, until when. */
export interface Preview {
  readonly articleId: number;
  /** The article's `previewEpoch` when the link was given out: a higher one has ended it. */
  readonly epoch: number;
  readonly expiresAt: Instant;
}

/** Characters; a token has about 100. */
const MAX_TOKEN = 500;
const CONTENT = /^preview (\d+) (\d+) (\d+)$/;

/** The token of a preview. It is sealed: nobody else can make one, or learn from one what it is about. */
export function previewToken(box: SecretBox, { articleId, epoch, expiresAt }: Preview): string {
  return box.seal(`preview ${articleId} ${epoch} ${expiresAt}`);
}

/** Null for what is no token of a preview. */
export function readPreviewToken(box: SecretBox, token: string): Preview | null {
  const content = token.length > MAX_TOKEN ? null : box.open(token);
  const [, articleId, epoch, expiresAt] = CONTENT.exec(content ?? '') ?? [];
  if (expiresAt === undefined) return null;
  return { articleId: Number(articleId), epoch: Number(epoch), expiresAt: Number(expiresAt) };
}
