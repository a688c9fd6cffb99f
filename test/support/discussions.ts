/** Discussions below articles that are there. */
import { type BatchedComment, importComments } from '../../src/comments';
import { plainToHtml } from '../../src/comments/plain-html';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { ARCHIVIST, NOW } from './archive';

/** What everything private is sealed under. */
export const SECRET = 'a secret of a newsroom that is only tested';
export const BOX = new SecretBox(SECRET);

const MINUTE = 60_000;

/** A comment that nothing is special about. */
export function plainComment(articleId: number, fields: Partial<BatchedComment> = {}): BatchedComment {
  const { text = 'Well said.' } = fields;
  return {
    ...{ articleId, parentId: null, authorName: 'Amina', authorKind: 'GUEST', status: 'APPROVED' },
    ...{ text, html: plainToHtml(text).html, createdAt: NOW, email: null, ip: null },
    ...fields,
  };
}

/** Stores comments as they come from elsewhere. Returns their keys in the same order. */
export function storeComments(
  database: Database,
  batch: readonly BatchedComment[],
  box: SecretBox = BOX,
): Promise<number[]> {
  return database.write((tx) => importComments(tx, ARCHIVIST, NOW, box, batch));
}

/** One long discussion below the article with the key 1, with all kinds of states, and short ones elsewhere. */
export async function storeDiscussions(database: Database, size = 3_000): Promise<void> {
  const long = Array.from({ length: size }, (_, index) =>
    plainComment(1, {
      createdAt: NOW - (size - Math.floor(index / 3)) * MINUTE,
      status: index % 17 === 0 ? 'PENDING' : index % 23 === 0 ? 'REJECTED' : 'APPROVED',
      text: `Remark ${index}`,
      ...(index % 4 === 0 ? {} : { parentInBatch: index - (index % 4) }),
    }),
  );
  const short = Array.from({ length: 60 }, (_, index) => plainComment(2 + (index % 30)));
  await storeComments(database, [...long, ...short]);
}
