/** The gazetteer: what is known by its names before anybody has written of it. */
export { AMBIGUITY, type Ambiguity } from './ambiguity';
export { type EntryName, Gazetteer, type GazetteerEntry, NO_GAZETTEER } from './gazetteer';
export { loadGazetteer } from './load';
