import type { Readable } from 'node:stream';
import { decodeText, type Sieve } from './decode-text';
import { PostSieve } from './post-sieve';
import type { OnProblem, ProblemKind, ProblemSeverity } from './problem';
import { ProblemLog } from './problem-log';
import type { SkimmedPost } from './skimmed-post';
import type { Stretch } from './text-window';
import { plainText, toRecord } from './wxr-convert';
import type { WxrRecord, WxrSite } from './wxr-record';
import { type WxrElement, WxrTree } from './wxr-tree';
import { XmlMender } from './xml-mender';

export interface WxrReaderOptions {
  /** In characters, with markup; a longer record is left out and reported. Default 32 million. */
  readonly maxRecordLength?: number;
}

const DEFAULT_MAX_RECORD_LENGTH = 32_000_000;
/** In characters: a chunk from outside may be of any size, what is worked on at once is not. */
const PIECE_LENGTH = 32_768;
/** WXR 1.0 came with WordPress 2.1, 1.2 with 3.3; there is no other yet. */
const KNOWN_VERSIONS = new Set(['1.0', '1.1', '1.2']);

/**
 * Reads a WordPress export, whatever its size, holding one record at a time; reads on only as fast as its records are
 * taken. The site comes first. A record that is not whole is left out; the others are not affected by it.
 *
 * Nothing is thrown for what the file says: `onProblem` is told of all that is wrong, and a fatal problem ends the
 * reading. Throws what `source` throws, but for compressed data that ends or breaks off: that is a truncated file.
 */
export function readWxr(
  source: Readable | AsyncIterable<Uint8Array | string>,
  onProblem: OnProblem,
  options: WxrReaderOptions = {},
): AsyncGenerator<WxrRecord, void, undefined> {
  const ready: WxrRecord[] = [];
  const assembler = new Assembler((record) => ready.push(record), onProblem, options);
  return reading(source, assembler, ready, onProblem);
}

/**
 * The same, but that of ordinary posts in UTF-8 only that is told which has to be known before anything is mapped. What
 * is wrong in them is told by `readWxr`.
 */
export function surveyWxr(
  source: Readable | AsyncIterable<Uint8Array | string>,
  onProblem: OnProblem,
  options: WxrReaderOptions = {},
): AsyncGenerator<WxrRecord | SkimmedPost, void, undefined> {
  const ready: (WxrRecord | SkimmedPost)[] = [];
  const assembler = new Assembler((record) => ready.push(record), onProblem, options);
  const sieve = new PostSieve({
    mayTake: () => assembler.betweenRecords,
    took: (post, stretch) => {
      assembler.passOver(stretch);
      ready.push(post);
    },
  });
  return reading(source, assembler, ready, onProblem, sieve);
}

/** @param ready what the assembler puts its records into */
async function* reading<R>(
  source: Readable | AsyncIterable<Uint8Array | string>,
  assembler: Assembler,
  ready: R[],
  onProblem: OnProblem,
  sieve?: Sieve,
): AsyncGenerator<R, void, undefined> {
  try {
    for await (const chunk of decodeText(source, onProblem, sieve)) {
      for (let at = 0; at < chunk.length; at += PIECE_LENGTH) {
        assembler.write(chunk.slice(at, at + PIECE_LENGTH));
        yield* ready.splice(0);
        if (assembler.stopped) return;
      }
    }
  } catch (error) {
    if (!isBrokenCompression(error)) throw error;
    assembler.brokenOff(error.message);
  }
  assembler.end();
  yield* ready.splice(0);
}

class Assembler {
  stopped = false;
  private readonly log: ProblemLog;
  private readonly mender: XmlMender;
  private readonly tree: WxrTree;
  private readonly siteFields = new Map<string, string>();
  private siteLine = 0;
  private siteTold = false;

  constructor(
    private readonly onRecord: (record: WxrRecord) => void,
    onProblem: OnProblem,
    { maxRecordLength = DEFAULT_MAX_RECORD_LENGTH }: WxrReaderOptions,
  ) {
    this.log = new ProblemLog(onProblem);
    this.mender = new XmlMender(
      {
        xml: (text) => this.tree.write(text),
        record: (element) => this.element(element),
        canonicalName: (name) => this.tree.canonicalName(name),
        comment: (text) => this.noteGenerator(text),
        discardRecord: () => this.tree.discard(),
      },
      this.log,
      { maxRecordLength },
    );
    this.tree = new WxrTree(
      {
        element: (element) => this.element(element),
        error: (message) => this.report('xml', 'mended', message),
        undeclaredPrefix: (prefix) =>
          this.report(
            'unbound-prefix',
            'mended',
            `the prefix "${prefix}:" is not declared; it is taken as usual`,
          ),
      },
      () => this.mender.recordLine,
    );
  }

  get betweenRecords(): boolean {
    // Where a prefix means something else than usual, an item is not what it looks like.
    return !this.stopped && this.mender.betweenRecords && this.tree.canonicalName('wp:post') === 'wp:post';
  }

  passOver(record: Stretch): void {
    this.mender.passOver(record);
  }

  write(text: string): void {
    this.mender.write(text);
    if (this.mender.hopeless) this.notAnExport();
  }

  end(): void {
    this.mender.end();
    if (!this.mender.sawRoot) this.notAnExport();
    else if (!this.stopped) this.tellSite();
  }

  brokenOff(message: string): void {
    this.report(
      'truncated',
      'lost',
      `the compressed data breaks off (${message}); what would follow is missing`,
    );
  }

  private element(element: WxrElement): void {
    if (this.stopped) return;
    const record = toRecord(element, (name, line) =>
      this.report('duplicate-field', 'mended', `<${name}> stands twice; the first one counts`, line),
    );
    if (record === null) {
      this.noteSiteField(element);
      return;
    }
    if (this.tellSite(record)) this.onRecord(record);
  }

  /** Generator stands behind authors and categories, the same is said in a comment at the head of the file. */
  private noteGenerator(comment: string): void {
    const generator = /^\s*generator="([^"]*)"/.exec(comment)?.[1];
    if (generator !== undefined && !this.siteFields.has('generator'))
      this.siteFields.set('generator', generator);
  }

  private noteSiteField(element: WxrElement): void {
    if (this.siteTold || element.name === '' || element.children.length > 0) return;
    if (element.name === 'wp:wxr_version' && this.siteLine === 0) this.siteLine = element.line;
    if (element.name !== 'generator' && this.siteFields.has(element.name)) return;
    this.siteFields.set(element.name, plainText(element));
  }

  /**
   * True when records may follow. Without its version tag a file is an RSS feed, unless its first record is one that
   * only exports have.
   */
  private tellSite(first: Exclude<WxrRecord, WxrSite> | null = null): boolean {
    if (this.siteTold || this.stopped) return !this.stopped;
    const told = this.siteFields.get('wp:wxr_version');
    if (told === undefined && (first === null || (first.type === 'item' && first.postId === ''))) {
      this.stop('missing-version', 'this is no WordPress export: <wp:wxr_version> is missing');
      return false;
    }
    const version = told ?? '1.2';
    if (told === undefined) {
      this.report('missing-version', 'mended', '<wp:wxr_version> is missing; the file is read like 1.2');
    } else if (!KNOWN_VERSIONS.has(version)) {
      this.report(
        'unsupported-version',
        'mended',
        `WXR version "${version}" is not known; it is read like 1.2`,
      );
    }
    this.siteTold = true;
    this.onRecord(this.site(version));
    return true;
  }

  private site(version: string): WxrSite {
    const field = (name: string) => this.siteFields.get(name) ?? '';
    return {
      type: 'site',
      line: this.siteLine,
      title: field('title'),
      description: field('description'),
      link: field('link'),
      baseSiteUrl: field('wp:base_site_url'),
      baseBlogUrl: field('wp:base_blog_url'),
      language: field('language'),
      version,
      generator: field('generator'),
    };
  }

  private notAnExport(): void {
    const first = this.mender.firstElement;
    const found = first === null ? 'it has no elements' : `its first element is <${first.slice(0, 60)}>`;
    this.stop('not-an-export', `this is no WordPress export: <rss> is missing, ${found}`);
  }

  private stop(kind: ProblemKind, message: string): void {
    if (this.stopped) return;
    this.stopped = true;
    this.report(kind, 'fatal', message);
  }

  private report(
    kind: ProblemKind,
    severity: ProblemSeverity,
    message: string,
    line = this.mender.recordLine,
  ): void {
    this.log.report(kind, severity, message, () => ({ line, column: 1 }));
  }
}

/** What zlib says of data that ends too early or is damaged. */
function isBrokenCompression(error: unknown): error is { code: string; message: string } {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error))
    return false;
  return error.code === 'Z_BUF_ERROR' || error.code === 'Z_DATA_ERROR';
}
