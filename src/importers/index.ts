/** Importers: what other systems hold, brought in. */
export { hideFormerLogins } from './author-logins';
export { findKeys, type ImportKey, saveKeys } from './import-keys';
export { type ImportOptions, type ImportProgress, importFrom } from './import-pipeline';
export {
  ImportReport,
  REPORT_KINDS,
  type ReportKind,
  type ReportNote,
  type ReportRow,
} from './import-report';
export type { ArticleRecord, GoneRecord, ImportSite, ImportSource, SurveyRecord } from './import-source';
export { importWordPress, type WordPressImport } from './import-wordpress';
export {
  type Counts,
  type ExportProgress,
  exportNewsroom,
  FORMAT_BYTES,
  type ImportFormat,
  importFormat,
  importNewsroom,
  type LinesFrom,
  type NewsroomExport,
  type NewsroomExported,
  type NewsroomImport,
  type NewsroomImported,
  type NewsroomImportProgress,
} from './json-lines';
export { isWebAddress } from './wordpress-rest';
