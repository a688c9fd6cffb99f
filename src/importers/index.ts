/** Importers: what other systems hold, brought in. */
export { ImportReport, type ReportKind, type ReportNote, type ReportRow } from './import-report';
export { type ImportProgress, importWordPress, type WordPressImport } from './import-wordpress';
