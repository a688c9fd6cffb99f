import { remark } from './prose';
import type { Random } from './random';
import type { Row } from './rows';
import type { Language } from './words';

const MINUTE = 60_000;
const MAX_DEPTH = 6;
const NAMES = 'Ahmad Beheshta Cyrus Dina Elyas Fatima Ghulam Homa Idris Jamila Kawa Lina Musa Nargis'.split(
  ' ',
);

/** Ten comments on average: most articles have a few, one in a thousand has a thousand more. */
function size(random: Random): number {
  const usual = Math.floor(-Math.log(1 - random.next()) * 9.7);
  return random.chance(0.001) ? usual + 1_000 : usual;
}

/** The comments of an article, oldest first, with keys after `lastKey`. */
export function makeThread(
  random: Random,
  articleId: number,
  publishedAt: number,
  language: Language,
  lastKey: number,
): Row<'comments'>[] {
  const thread: Row<'comments'>[] = [];
  let at = publishedAt;
  for (let count = size(random), index = 0; index < count; index++) {
    // Now and then two comments have the same instant.
    if (!random.chance(0.05)) at += random.between(1, 90) * MINUTE;
    const id = lastKey + index + 1;
    const above =
      index > 0 && random.chance(0.35)
        ? thread[random.between(Math.max(0, index - 20), index - 1)]
        : undefined;
    const parent = above && above.depth < MAX_DEPTH ? above : undefined;
    const status = statusOf(random);
    const text = status === 'DELETED' ? '' : remark(random, language);
    thread.push({
      id,
      articleId,
      parentId: parent?.id ?? null,
      rootId: parent?.rootId ?? id,
      depth: parent ? parent.depth + 1 : 0,
      authorName: `${random.pick(NAMES)} ${random.between(1, 999)}`,
      authorKind: random.chance(0.8) ? 'GUEST' : 'READER',
      status,
      visible: false,
      replyCount: 0,
      text,
      html: text === '' ? '' : `<p>${text}</p>`,
      createdAt: at,
      editedAt: random.chance(0.03) ? at + 5 * MINUTE : null,
      featured: random.chance(0.01),
      version: 1,
    });
  }
  return reveal(thread, lastKey);
}

function statusOf(random: Random): Row<'comments'>['status'] {
  const point = random.next();
  if (point < 0.9) return 'APPROVED';
  if (point < 0.94) return 'PENDING';
  if (point < 0.97) return 'SPAM';
  return point < 0.985 ? 'REJECTED' : 'DELETED';
}

/** From the leaves up: an approved comment is seen, and so is what holds a seen reply in its place. */
function reveal(thread: Row<'comments'>[], lastKey: number): Row<'comments'>[] {
  for (let index = thread.length - 1; index >= 0; index--) {
    const comment = thread[index];
    if (!comment) continue;
    comment.visible = comment.status === 'APPROVED' || (comment.replyCount ?? 0) > 0;
    const parent = comment.parentId ? thread[comment.parentId - lastKey - 1] : undefined;
    if (comment.visible && parent) parent.replyCount = (parent.replyCount ?? 0) + 1;
  }
  return thread;
}
