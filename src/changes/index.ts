/** The change log: everything that wants to know what happened reads it, and nothing else tells. */
export { type Change, creations, recordChanges } from './change-log';
