/** A row as its writer has seen it. */
export interface Seen {
  readonly id: number;
  readonly revision: number;
}
