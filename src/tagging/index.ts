/** Tagging: which topics a text names, and what becomes of what people have said. */
export type { Mention } from './evidence';
export { type FoundWords, findWords } from './found-words';
export { type Mark, MOST_BY_MACHINE, retagged } from './marks';
export type { TopicRef } from './name';
export type { FoundTopic } from './salience';
export { type Readable, Tagger } from './tagger';
