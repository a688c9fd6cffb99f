/** What a mirror asks its publisher, and what it is answered. */
import type { ImageFields } from '../images';

const ARTICLE = `
fragment MirroredArticle on Article {
  id revision slug kind path canonicalUrl language title standfirst byline pinned publishedAt updatedAt
  dateline { place source }
  body { html }
  authors { slug name bio }
  primaryCategory { slug }
  categories { slug name description ancestors { slug name description } }
  topics { salience mentions source topic { slug kind name } }
  leadImage { url width height alt caption credit }
  rights { credit licence territories embargoUntil expiresAt textAndDataMining }
  corrections { text at }
}`;

export const SNAPSHOT = `query MirrorSnapshot($after: String) {
  snapshot(after: $after, first: 100) { articles { ...MirroredArticle } nextToken changesToken }
}${ARTICLE}`;

export const CHANGES = `query MirrorChanges($after: String!, $wait: Int!) {
  changes(after: $after, first: 100, waitSeconds: $wait) {
    changes { item revision op action note article { ...MirroredArticle } }
    nextToken hasMore
  }
}${ARTICLE}`;

/** An article as its publisher gives it. Instants are written as RFC 3339 has them. */
export interface RemoteArticle {
  readonly id: string;
  readonly revision: number;
  readonly slug: string;
  readonly kind: 'ARTICLE' | 'PAGE';
  readonly path: string;
  readonly canonicalUrl: string | null;
  readonly language: string;
  readonly title: string;
  readonly standfirst: string | null;
  readonly byline: string | null;
  readonly pinned: boolean;
  readonly publishedAt: string;
  readonly updatedAt: string;
  readonly dateline: { readonly place: string | null; readonly source: string | null } | null;
  readonly body: { readonly html: string };
  readonly authors: readonly { readonly slug: string; readonly name: string; readonly bio: string | null }[];
  readonly primaryCategory: { readonly slug: string } | null;
  readonly categories: readonly (RemoteCategory & { readonly ancestors: readonly RemoteCategory[] })[];
  readonly topics: readonly {
    readonly salience: number;
    readonly mentions: number;
    readonly source: 'EDITOR' | 'IMPORT' | 'MACHINE';
    readonly topic: {
      readonly slug: string;
      readonly kind: 'PLACE' | 'PERSON' | 'ORGANISATION' | 'EVENT' | 'SUBJECT';
      readonly name: string;
    };
  }[];
  readonly leadImage: ImageFields | null;
  readonly rights: {
    readonly credit: string | null;
    readonly licence: string | null;
    readonly territories: readonly string[] | null;
    readonly embargoUntil: string | null;
    readonly expiresAt: string | null;
    readonly textAndDataMining: boolean;
  } | null;
  readonly corrections: readonly { readonly text: string; readonly at: string }[];
}

export interface RemoteCategory {
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
}

export interface RemoteChange {
  readonly item: string;
  readonly revision: number;
  readonly op: string;
  readonly action: 'USE' | 'REPLACE' | 'HOLD' | 'REMOVE';
  readonly note: string | null;
  readonly article: RemoteArticle | null;
}

export interface RemoteSnapshot {
  readonly articles: readonly RemoteArticle[];
  readonly nextToken: string | null;
  readonly changesToken: string;
}

export interface RemoteChanges {
  readonly changes: readonly RemoteChange[];
  readonly nextToken: string;
  readonly hasMore: boolean;
}
