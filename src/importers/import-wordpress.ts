import { type ImportOptions, importFrom } from './import-pipeline';
import type { ImportReport } from './import-report';
import { WxrSource } from './wxr-source';

export interface WordPressImport extends ImportOptions {
  /** A file, compressed or not, or "-" for standard input. */
  readonly path: string;
  /** Types of posts that are brought beside posts and pages, as articles. */
  readonly postTypes?: readonly string[];
}

/**
 * Brings a WordPress export in.
 * @throws DatelineError BAD_USER_INPUT when the file is no export; Error (ENOENT, …) when it cannot be read
 */
export function importWordPress({ path, postTypes, ...options }: WordPressImport): Promise<ImportReport> {
  return importFrom(new WxrSource(path, postTypes), options);
}
