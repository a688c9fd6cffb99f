import { wordListOf } from '../word-list';
import { held, NOTHING, type Phase, spam } from './phase';

/** Words that the newsroom does not want, in the text or in the name. */
export const words: Phase = {
  name: 'words',
  run: ({ author: { name, trusted }, text }, { settings: { heldWords, spamWords } }) => {
    if (trusted) return NOTHING;
    // A line of its own, so that no phrase runs from one into the other.
    const said = [name, text];
    const find = (list: readonly string[]) =>
      said.map((each) => wordListOf(list).findIn(each)).find((each) => each !== null);
    const worst = find(spamWords);
    if (worst !== undefined) return spam(`word: ${worst}`);
    const bad = find(heldWords);
    return bad === undefined ? NOTHING : held(`word: ${bad}`);
  },
};
