import { LRUCache } from 'lru-cache';
import { Refused } from '../refused';
import type { Manifest } from './manifest';

/** Operations that clients have made known by themselves, and the characters of their texts together. */
const MAX_OPERATIONS = 1_000;
const MAX_CHARACTERS = 2_000_000;

export interface PersistedParts {
  readonly manifest: Manifest;
  /** Whether nothing is answered but what the manifest has. */
  readonly only: boolean;
}

/**
 * Operations that are asked for by their hashes: those of the manifest for ever, and those that clients make known
 * (Apollo's automatic persisted queries) for as long as there is room.
 */
export class PersistedOperations {
  private readonly listed: ReadonlyMap<string, string>;
  private readonly automatic = new LRUCache<string, string>({
    max: MAX_OPERATIONS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (text) => text.length + 1,
  });

  constructor(private readonly parts: PersistedParts) {
    this.listed = new Map(parts.manifest.operations.map(({ id, body }) => [id, body]));
  }

  /** For Apollo Server, which puts a prefix before the hash. */
  readonly cache = {
    get: async (key: string) => this.textOf(key.slice(key.indexOf(':') + 1)),
    set: async (key: string, text: string) => {
      if (!this.parts.only) this.automatic.set(key.slice(key.indexOf(':') + 1), text);
    },
    delete: async (key: string) => this.automatic.delete(key.slice(key.indexOf(':') + 1)),
  };

  textOf(hash: string): string | undefined {
    return this.listed.get(hash) ?? this.automatic.get(hash);
  }

  /** @throws Refused for a text of this hash that is not to be answered */
  admit(hash: string): void {
    if (!this.parts.only || this.listed.has(hash)) return;
    throw new Refused('Only operations of the manifest are answered here.', { code: 'OPERATION_NOT_LISTED' });
  }
}
