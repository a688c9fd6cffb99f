/** The change log: everything that wants to know what happened reads it, and nothing else tells. */
export {
  type Change,
  creations,
  type LoggedChange,
  recordChanges,
  restoreChanges,
  takeOverLog,
} from './change-log';
