import { type ImportOptions, importFrom } from './import-pipeline';
import type { ImportReport } from './import-report';
import type { ImportSource } from './import-source';
import { isWebAddress, type RestOptions, RestSource } from './wordpress-rest';
import { WxrSource } from './wxr-source';

export interface WordPressImport extends ImportOptions {
  /** A file, compressed or not, "-" for standard input, or the address of a site. */
  readonly path: string;
  /** Types of posts that are brought beside posts and pages, as articles. */
  readonly postTypes?: readonly string[];
  /** How a site is asked. */
  readonly site?: Omit<RestOptions, 'address' | 'database' | 'box' | 'clock' | 'postTypes'>;
}

/**
 * Brings a WordPress export in, or a site by its REST API.
 * @throws DatelineError BAD_USER_INPUT when the file is no export, or the address no such site;
 * SERVICE_UNAVAILABLE when the site is down; Error (ENOENT, …) when the file cannot be read
 */
export function importWordPress(wanted: WordPressImport): Promise<ImportReport> {
  return importFrom(sourceOf(wanted), wanted);
}

function sourceOf({ path, postTypes = [], site, database, box, clock }: WordPressImport): ImportSource {
  if (!isWebAddress(path)) return new WxrSource(path, box, postTypes);
  return new RestSource({ ...site, address: path, database, box, clock, postTypes });
}
