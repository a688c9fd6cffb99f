import { type DocumentNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Refused } from '../refused';
import { type DocumentLimits, limitDocument, limitTokens } from './document-limits';

/** Parsed and validated documents that are kept, and the characters of their texts together. */
const MAX_DOCUMENTS = 1_000;
const MAX_CHARACTERS = 2_000_000;

/** What stands for a document that is refused. Apollo Server has no step between parsing and validating that may refuse. */
const NO_DOCUMENT = '{ __typename }';

/**
 * The documents that Apollo Server has parsed and validated, for its `documentStore`. One that is refused is
 * kept as another one that stands for it, so that it is never validated, and is refused by what it stands for.
 */
export class Documents {
  private readonly byHash = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ loc }) => 1 + (loc?.end ?? 0),
  });
  private readonly refusals = new WeakMap<DocumentNode, Refused>();

  /** @param admitHash throws Refused for the hash of a text that is not to be answered, whatever it is */
  constructor(
    private readonly limits: DocumentLimits,
    private readonly admitHash: (hash: string) => void = () => undefined,
  ) {}

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
      this.admitHash(hash);
      limitTokens(text, this.limits.tokens);
      limitDocument(parse(text, { maxTokens: this.limits.tokens }), this.limits);
    } catch (error) {
      if (!(error instanceof Refused)) return;
      const document = parse(NO_DOCUMENT);
      this.refusals.set(document, error);
      this.byHash.set(hashIn(hash), document);
    }
  }

  /** @throws Refused for a document that stands for one that is refused */
  admit(document: DocumentNode): void {
    const refusal = this.refusals.get(document);
    if (refusal) throw refusal.again();
  }
}

/** Hexadecimal digits of a SHA-256. */
const HASH_LENGTH = 64;

function hashIn(key: string): string {
  return key.slice(-HASH_LENGTH);
}
