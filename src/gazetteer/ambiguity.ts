import { normalise } from '../core/text';
import data from './ambiguous.json';

/** What is known of names that stand for several things: `ambiguous.json`, kept by hand. */
export interface Ambiguity {
  /** Names, normalised, that mean a known thing only beside one of these words, normalised: beginnings of words. */
  readonly cues: ReadonlyMap<string, readonly string[]>;
  /** Names of other things that have a known name in them: "New Jersey" is not Jersey. As they are written. */
  readonly phrases: readonly string[];
  /** Short names, normalised, that nothing else is called by, when they are written in capitals. */
  readonly plain: ReadonlySet<string>;
}

export const AMBIGUITY: Ambiguity = {
  cues: new Map(
    data.names.flatMap(({ names, cues }) => names.map((name) => [normalise(name), cues.map(normalise)])),
  ),
  phrases: data.phrases,
  plain: new Set(data.plain.map(normalise)),
};
