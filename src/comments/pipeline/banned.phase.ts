import { marksOf } from '../commenter';
import { bannedAmong } from '../commenter.marks';
import { NOTHING, type Phase, spam } from './phase';

/** Who is banned is not told so: they would come back under another name. */
export const banned: Phase = {
  name: 'banned',
  run: async ({ author, now }, { reader }) =>
    (await bannedAmong(reader, marksOf(author), now)) ? spam('banned') : NOTHING,
};
