/** What has become of a text, word by word, in any script. */
import { diffArrays } from 'diff';

/** SAME: in both; REMOVED: only before; ADDED: only after. */
export type DiffKind = 'SAME' | 'REMOVED' | 'ADDED';

/** Some of a text. All that are not ADDED, one behind the other, are what it was; all that are not REMOVED what it is. */
export interface DiffPart {
  readonly kind: DiffKind;
  readonly text: string;
}

/** Words that may be exchanged before it is no longer worth to look for them: then it is another text. */
const MAX_EXCHANGED = 500;
/** Characters beyond which one text is not compared with another. */
const MAX_COMPARED = 20_000;

/** @param language of both, as a BCP 47 tag: where its words end is a matter of the language */
export function diffWords(before: string, after: string, language: string): DiffPart[] {
  if (before === after) return withoutEmpty([{ kind: 'SAME', text: before }]);
  const replaced = withoutEmpty([
    { kind: 'REMOVED', text: before },
    { kind: 'ADDED', text: after },
  ]);
  if (before.length > MAX_COMPARED || after.length > MAX_COMPARED) return replaced;
  const runs = diffArrays(wordsOf(before, language), wordsOf(after, language), {
    maxEditLength: MAX_EXCHANGED,
  });
  if (runs === undefined) return replaced;
  return readable(
    runs.map(({ added, removed, value }) => ({
      kind: added ? 'ADDED' : removed ? 'REMOVED' : 'SAME',
      text: value.join(''),
    })),
  );
}

/** The words of a text with all that stands between them: joined they are the text. */
export function wordsOf(text: string, language: string): string[] {
  return Array.from(segmenterFor(language).segment(text), ({ segment }) => segment);
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  // By the language alone: the tags of clients are many, those of languages few.
  const [name = ''] = language.split('-');
  let segmenter = segmenters.get(name);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(name, { granularity: 'word' });
    segmenters.set(name, segmenter);
  }
  return segmenter;
}

/** A space that two exchanged words have between them is exchanged with them: what goes stands before what comes. */
function readable(parts: readonly DiffPart[]): DiffPart[] {
  const result: DiffPart[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    result.push({ kind: 'REMOVED', text: removed }, { kind: 'ADDED', text: added });
    removed = '';
    added = '';
  };
  for (const [index, { kind, text }] of parts.entries()) {
    const isInside = index > 0 && index < parts.length - 1 && removed + added !== '';
    if (kind !== 'ADDED' && (kind === 'REMOVED' || (isInside && text.trim() === ''))) removed += text;
    if (kind !== 'REMOVED' && (kind === 'ADDED' || (isInside && text.trim() === ''))) added += text;
    if (kind !== 'SAME' || (isInside && text.trim() === '')) continue;
    flush();
    result.push({ kind, text });
  }
  flush();
  return withoutEmpty(result);
}

function withoutEmpty(parts: readonly DiffPart[]): DiffPart[] {
  return parts.filter(({ text }) => text !== '');
}
