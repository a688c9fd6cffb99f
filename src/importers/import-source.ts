import type { ImportReport } from './import-report';
import type { PreparedArticle } from './prepare-article';
import type { ImportAuthor, ImportCategory, ImportImage, ImportSkipped, ImportTerm } from './wordpress';

/** Which site content comes from. */
export interface ImportSite {
  /** Its name, the same in every run, as are its articles' ids: what was brought is remembered under it. */
  readonly name: string;
  /** BCP 47; the language of what does not tell its own. */
  readonly language: string;
}

/** A record that the import itself failed at. It is lost, and the others are not. */
export interface ImportFault {
  readonly kind: 'fault';
  readonly line: number;
  readonly message: string;
}

/** What articles refer to, or what is no article and is not carried over. */
export type SurveyRecord =
  | ImportAuthor
  | ImportCategory
  | ImportTerm
  | ImportImage
  | ImportSkipped
  | ImportFault;

export type ArticleRecord = PreparedArticle | ImportSkipped | ImportFault;

/** What an earlier run brought, and is no longer there for readers. */
export interface GoneRecord {
  readonly what: 'article' | 'comment';
  readonly externalId: string;
  /** How it is now, e.g. "it is no longer public". */
  readonly reason: string;
}

/**
 * Another system, as the import reads it: a file, a site's API. It is read in phases, each once and to its end:
 * `open`, `survey`, `articles`. It holds a bounded number of records, and reads on only as fast as they are taken.
 * What it cannot read it notes in the report, and goes on; it throws where nothing more can be read.
 */
export interface ImportSource {
  /**
   * `onReceived` is told how many bytes have come in of something that has to be received before it can be read.
   * @throws DatelineError BAD_USER_INPUT where there is nothing that could be imported
   */
  open(report: ImportReport, onReceived: (bytes: number) => void): Promise<ImportSite>;
  /** Everything that articles refer to, in any order. `onRead` is called when `share` has changed between records. */
  survey(onRead?: () => void): AsyncIterable<SurveyRecord>;
  /** Articles with their comments, in the same order in every run; `prepareArticle` makes them. */
  articles(): AsyncIterable<ArticleRecord>;
  /** The phase after `articles`, of a source that can tell what is gone. */
  gone?(): AsyncIterable<GoneRecord>;
  /**
   * What the source wants to find again in its next run, by name: it is remembered before the first article is
   * written, and again when everything is.
   */
  marks?(): ReadonlyMap<string, string>;
  /** How much of the phase that is under way has been read, from 0 to 1; null where it cannot be known. */
  share(): number | null;
  /** Lets go of files, connections, workers; also after a failure, and whatever was called before. */
  close(): Promise<void>;
}
