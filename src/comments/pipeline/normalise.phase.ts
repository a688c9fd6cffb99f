import { badInput } from '../../core/errors';
import { seenLength, withoutUnseen } from '../../core/text';
import type { Phase } from './phase';

/**
 * The text without what nobody sees, in NFC. Its length is that of its compatibility form without joiners, so that
 * nothing is hidden in it; that form itself is not kept, for it would write 10² as 102.
 */
export const normalise: Phase = {
  name: 'normalise',
  run: ({ body }, { settings: { maxLength } }) => {
    const text = withoutUnseen(body)
      .normalize('NFC')
      .replace(/[^\S\n]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
    const length = seenLength(text);
    if (length === 0) throw badInput('body', '"body" must not be empty.');
    if (length > maxLength || text.length > 4 * maxLength) {
      throw badInput(
        'body',
        `"body" has ${Math.max(length, text.length)} characters; at most ${maxLength} are allowed.`,
      );
    }
    return { made: { text } };
  },
};
