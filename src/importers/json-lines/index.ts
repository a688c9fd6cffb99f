/** An export of a whole newsroom as JSON Lines, and its way into another database. */
export {
  type ExportProgress,
  exportNewsroom,
  type NewsroomExport,
  type NewsroomExported,
} from './export-newsroom';
export { FORMAT_BYTES, type ImportFormat, importFormat } from './file-format';
export {
  importNewsroom,
  type NewsroomImport,
  type NewsroomImported,
  type NewsroomImportProgress,
} from './import-newsroom';
export type { LinesFrom } from './line-source';
export type { Counts } from './record';
