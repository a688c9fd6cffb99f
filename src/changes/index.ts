/** The change log: everything that wants to know what happened reads it, and nothing else tells. */
export { AuditResolver } from './audit.resolver';
export { AuditService } from './audit.service';
export { type ChangeEntry, ChangesLost } from './change';
export { headOfLog, headOfLogSql, readChanged, readChanges } from './change.store';
export { ChangeFeed, type ChangeStream } from './change-feed';
export {
  type Change,
  creations,
  type LoggedChange,
  recordChanges,
  restoreChanges,
  takeOverLog,
} from './change-log';
export { entry } from './entry';
export { type GuardedWrite, guardedWrite } from './guarded-write';
export { type Kept, type KeptWhole, Memory } from './memory';
export { Recall, Recalled, RecalledWhole, type Told, type ToldOne, told, toldOne } from './recall';
export { changeRetention, type Retention } from './retention';
export { tellSeen } from './seen';
export type { WriteScope } from './write-scope';
