/**
 * fatal: nothing (more) can be read. lost: something in the file does not reach the reader.
 * mended: everything was kept, but it was not written as it should be.
 */
export type ProblemSeverity = 'fatal' | 'lost' | 'mended';

export type ProblemKind =
  | 'not-an-export'
  | 'missing-version'
  | 'unsupported-version'
  | 'unknown-encoding'
  | 'undecodable'
  | 'truncated'
  | 'too-large'
  | 'too-deep'
  | 'unclosed-record'
  | 'unclosed-element'
  | 'unmatched-end'
  | 'unclosed-comment'
  | 'not-a-channel'
  | 'malformed-tag'
  | 'markup-in-text'
  | 'stray-text'
  | 'stray-character'
  | 'unknown-entity'
  | 'forbidden-character'
  | 'unescaped-cdata-end'
  | 'doctype'
  | 'trailing-content'
  | 'unbound-prefix'
  | 'duplicate-field'
  | 'xml';

/** `line` and `column` count from 1; a column counts UTF-16 units. */
export interface WxrProblem {
  readonly line: number;
  readonly column: number;
  readonly kind: ProblemKind;
  readonly severity: ProblemSeverity;
  readonly message: string;
}

export type OnProblem = (problem: WxrProblem) => void;
