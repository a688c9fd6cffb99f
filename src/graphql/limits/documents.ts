import { type DocumentNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type DocumentLimits, limitDocument, limitTokens } from './document-limits';
import { LimitExceeded } from './limit-exceeded';

/** Parsed and validated documents that are kept, and the characters of their texts together. */
const MAX_DOCUMENTS = 1_000;
const MAX_CHARACTERS = 2_000_000;

/** What stands for a document that is too large. Apollo Server has no step between parsing and validating that may refuse. */
const NO_DOCUMENT = '{ __typename }';

/**
 * The documents that Apollo Server has parsed and validated, for its `documentStore`. One that is beyond the limits is
 * kept as another one that stands for it, so that it is never validated, and is refused by what it stands for.
 */
export class Documents {
  private readonly byHash = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ loc }) => 1 + (loc?.end ?? 0),
  });
  private readonly refusals = new WeakMap<DocumentNode, LimitExceeded>();

  constructor(private readonly limits: DocumentLimits) {}

  /** For Apollo Server: its keys end with the hash of the text. */
  readonly store = {
    get: async (key: string) => this.byHash.get(hashIn(key)),
    set: async (key: string, document: DocumentNode) => void this.byHash.set(hashIn(key), document),
    delete: async (key: string) => this.byHash.delete(hashIn(key)),
  };

  /** Looks at a text that may be new, before Apollo Server does. What is no GraphQL is left to it. */
  look(text: string, hash: string): void {
    if (this.byHash.has(hashIn(hash))) return;
    try {
      limitTokens(text, this.limits.tokens);
      limitDocument(parse(text, { maxTokens: this.limits.tokens }), this.limits);
    } catch (error) {
      if (!(error instanceof LimitExceeded)) return;
      const document = parse(NO_DOCUMENT);
      this.refusals.set(document, error);
      this.byHash.set(hashIn(hash), document);
    }
  }

  /** @throws LimitExceeded for a document that stands for one that is too large */
  admit(document: DocumentNode): void {
    const refusal = this.refusals.get(document);
    // A new one for each request: what is known of an error is kept by its identity.
    if (refusal) throw refusal.again();
  }
}

/** Hexadecimal digits of a SHA-256. */
const HASH_LENGTH = 64;

function hashIn(key: string): string {
  return key.slice(-HASH_LENGTH);
}
