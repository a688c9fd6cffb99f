import 'reflect-metadata';
import { ArgsType, type ClassType, Field, Int, ObjectType, Root } from 'type-graphql';
import { type ListOrder, type Position, type Slice, toCursor } from '../core/paging';

@ObjectType({ simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** The arguments of every list that can grow. `toPage` checks them. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many from the start, or after `after`: 1 to 100, 20 when absent.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end, or before `before`: 1 to 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true })
  before?: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** What a resolver of a connection returns. Everything is worked out when it is asked for, and no earlier. */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  /** Counts the whole list. */
  total(): Promise<number>;
}

export interface ConnectionSource<R, T> {
  readonly slice: Slice<R>;
  readonly order: ListOrder;
  /** Where a row stands in the order. */
  position(row: R): Position;
  node(row: R): T;
  /** Counts the whole list; called only when the count is selected. */
  total(): Promise<number>;
}

export function connection<R, T>(source: ConnectionSource<R, T>): Connection<T> {
  return new LazyConnection(source);
}

/** The GraphQL types `<name>Connection` and `<name>Edge` over `node`. */
export function connectionType<T extends object>(name: string, node: () => ClassType<T>): ClassType<object> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class EdgeType implements Edge<T> {
    @Field(() => String)
    cursor!: string;

    @Field(node)
    node!: T;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class ConnectionType {
    @Field(() => [EdgeType])
    edges!: Edge<T>[];

    @Field(() => [node()], { description: 'The edges without their cursors.' })
    nodes!: T[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int, {
      description: 'How many the whole list has for this viewer. Counted only when selected.',
    })
    totalCount(@Root() connection: Connection<T>): Promise<number> {
      return connection.total();
    }
  }

  return ConnectionType;
}

/** Remembers what it has made: graphql-jit reads a field up to five times, to see that it is there, no error and a list. */
class LazyConnection<R, T> implements Connection<T> {
  private madeNodes: T[] | null = null;
  private madeEdges: Edge<T>[] | null = null;
  private madeInfo: PageInfo | null = null;

  constructor(private readonly source: ConnectionSource<R, T>) {}

  get nodes(): T[] {
    this.madeNodes ??= this.source.slice.rows.map((row) => this.source.node(row));
    return this.madeNodes;
  }

  get edges(): Edge<T>[] {
    this.madeEdges ??= this.source.slice.rows.map((row) => ({
      cursor: cursorOf(this.source, row),
      node: this.source.node(row),
    }));
    return this.madeEdges;
  }

  get pageInfo(): PageInfo {
    this.madeInfo ??= new LazyPageInfo(this.source);
    return this.madeInfo;
  }

  total(): Promise<number> {
    return this.source.total();
  }
}

class LazyPageInfo<R, T> implements PageInfo {
  private madeStart: string | null = null;
  private madeEnd: string | null = null;

  constructor(private readonly source: ConnectionSource<R, T>) {}

  get hasNextPage(): boolean {
    return this.source.slice.hasNextPage;
  }

  get hasPreviousPage(): boolean {
    return this.source.slice.hasPreviousPage;
  }

  get startCursor(): string | null {
    this.madeStart ??= this.cursorAt(0);
    return this.madeStart;
  }

  get endCursor(): string | null {
    this.madeEnd ??= this.cursorAt(this.source.slice.rows.length - 1);
    return this.madeEnd;
  }

  private cursorAt(index: number): string | null {
    const row = this.source.slice.rows[index];
    return row === undefined ? null : cursorOf(this.source, row);
  }
}

function cursorOf<R, T>(source: ConnectionSource<R, T>, row: R): string {
  return toCursor(source.order, source.position(row));
}
