import 'reflect-metadata';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLURL } from 'graphql-scalars';
import type { Instant } from '../core/clock';
import { isoOf } from '../core/iso';
import { canonicalLanguageTag } from '../core/text';

/** RFC 3339 in UTC with milliseconds outside, epoch milliseconds inside. */
export const DateTime = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description:
    'An instant as RFC 3339 writes it, in UTC with millisecond precision: "2026-03-01T04:30:00.000Z".',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => isoOf(Number(value)),
  parseValue: (value) => instant(GraphQLDateTime.parseValue(value)),
  parseLiteral: (node, variables) => instant(GraphQLDateTime.parseLiteral(node, variables)),
});

/** A language tag in its canonical form. */
export const LanguageTag = new GraphQLScalarType<string, string>({
  name: 'LanguageTag',
  description: 'A language as BCP 47 writes it, e.g. "en", "fa-AF", "ps", "ur".',
  specifiedByURL: 'https://www.rfc-editor.org/info/bcp47',
  serialize: String,
  parseValue: languageTag,
  parseLiteral: (node) => languageTag(node.kind === Kind.STRING ? node.value : null),
});

/** An absolute URL, kept as it was written. */
export const Url = new GraphQLScalarType<string, string>({
  name: 'URL',
  description: 'An absolute URL.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: String,
  parseValue: (value) => String(GraphQLURL.parseValue(value)),
  parseLiteral: (node, variables) => String(GraphQLURL.parseLiteral(node, variables)),
});

function instant(value: unknown): Instant {
  return value instanceof Date ? value.getTime() : Number.NaN;
}

function languageTag(value: unknown): string {
  if (typeof value !== 'string') throw new GraphQLError('A language is written as text, e.g. "fa-AF".');
  return canonicalLanguageTag(value);
}
