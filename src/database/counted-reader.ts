import type { SQL } from 'drizzle-orm';
import { type Effort, onBehalfOf } from '../core/effort';
import type { Params, Reader, Statement, Tuple } from './database';

/** Reads as another reader does, on behalf of one operation. What is read by `select` is not counted: lists of hot paths are prepared. */
export class CountedReader implements Reader {
  readonly tables: Reader['tables'];
  readonly portable: Reader['portable'];
  readonly select: Reader['select'];
  readonly selectDistinct: Reader['selectDistinct'];

  constructor(
    private readonly reader: Reader,
    private readonly effort: Effort,
  ) {
    this.tables = reader.tables;
    this.portable = reader.portable;
    this.select = reader.select;
    this.selectDistinct = reader.selectDistinct;
  }

  rows<R extends object>(query: SQL, params?: Params): Promise<R[]> {
    return onBehalfOf(this.effort, () => this.reader.rows<R>(query, params));
  }

  tuples(statement: Statement): Tuple[] | Promise<Tuple[]> {
    return onBehalfOf(this.effort, () => this.reader.tuples(statement));
  }
}
