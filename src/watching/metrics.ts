import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../core/clock';
import { type EndedOperation, signals } from '../core/signals';
import { OperationNames } from './operation-names';

/** Seconds. */
const OPERATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const STATEMENT_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];
const DELAY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const STATEMENTS = [0, 1, 2, 5, 10, 20, 50, 100];
const KEYS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/** How far those who read the change log have come. */
export interface LogPositions {
  readonly head: number;
  /** By who reads; null for who has not begun. */
  readonly readers: Readonly<Record<string, number | null>>;
}

export interface MetricsParts {
  /** Names of operations that are known beforehand. */
  readonly names: Iterable<string>;
  readonly clock: Clock;
  /** @throws when the database does not answer */
  readonly positions: () => Promise<LogPositions>;
}

interface Observer {
  observe(value: number): void;
}

/** What Prometheus is told of this process. */
export class Metrics {
  readonly registry = new Registry();
  private readonly names: OperationNames;
  private readonly endings: (() => void)[];
  private readonly common = { registers: [this.registry] };
  private readonly durations = new Histogram({
    ...this.common,
    name: 'dateline_operation_duration_seconds',
    help: 'From a request until its answer was sent, of GraphQL operations',
    labelNames: ['name', 'type', 'outcome'],
    buckets: OPERATION_BUCKETS,
  });
  /** Of each combination of labels, for to look them up by their text is most of what observing costs. */
  private readonly byLabels = new Map<string, Observer>();

  constructor(private readonly parts: MetricsParts) {
    this.names = new OperationNames(parts.names);
    collectDefaultMetrics({ register: this.registry });
    this.endings = [
      ...[this.hearOperations(), this.hearStatements(), this.hearBatches(), this.hearAnswers()],
      ...[this.hearRates(), this.hearChanges()],
    ];
    this.countUnread();
  }

  close(): void {
    for (const end of this.endings) end();
    this.registry.clear();
  }

  private hearOperations(): () => void {
    const statements = new Histogram({
      ...this.common,
      name: 'dateline_operation_statements',
      help: 'SQL statements that were sent for a GraphQL operation',
      buckets: STATEMENTS,
    });
    return signals.operationEnded.hear((operation) => {
      this.durationOf(operation).observe(operation.milliseconds / 1_000);
      if (operation.effort) statements.observe(operation.effort.statements);
    });
  }

  private durationOf({ name, type, outcome }: EndedOperation): Observer {
    const labels = { name: this.names.labelOf(name), type: type ?? 'unknown', outcome };
    const key = `${labels.name} ${labels.type} ${outcome}`;
    let observer = this.byLabels.get(key);
    if (observer === undefined) {
      observer = this.durations.labels(labels);
      this.byLabels.set(key, observer);
    }
    return observer;
  }

  private hearStatements(): () => void {
    const durations = new Histogram({
      ...this.common,
      name: 'dateline_sql_statement_duration_seconds',
      help: 'SQL statements, until they were answered',
      labelNames: ['engine'],
      buckets: STATEMENT_BUCKETS,
    });
    const byEngine = new Map<string, Observer>();
    return signals.statementAnswered.hear(({ engine, milliseconds }) => {
      const observer = byEngine.get(engine) ?? durations.labels({ engine });
      byEngine.set(engine, observer);
      observer.observe(milliseconds / 1_000);
    });
  }

  private hearBatches(): () => void {
    const sizes = new Histogram({
      ...this.common,
      name: 'dateline_loader_batch_keys',
      help: 'Keys that loaders have read at once',
      buckets: KEYS,
    });
    return signals.batchLoaded.hear(({ keys }) => sizes.observe(keys));
  }

  private hearAnswers(): () => void {
    const answers = new Counter({
      ...this.common,
      name: 'dateline_answers_total',
      help: 'How anonymous requests came to their answers: hit, joined, made, unkept; known: the client had it already',
      labelNames: ['origin'],
    });
    return signals.answerFound.hear(({ origin }) => answers.inc({ origin }));
  }

  private hearRates(): () => void {
    const refused = new Counter({
      ...this.common,
      name: 'dateline_rate_refusals_total',
      help: 'Operations that were refused because too many came',
      labelNames: ['who'],
    });
    return signals.rateExceeded.hear(({ who }) => refused.inc({ who }));
  }

  private hearChanges(): () => void {
    const delays = new Histogram({
      ...this.common,
      name: 'dateline_change_log_delay_seconds',
      help: 'From a change until those who follow the change log have read it',
      labelNames: ['reader'],
      buckets: DELAY_BUCKETS,
    });
    return signals.changesSeen.hear(({ reader, since }) => {
      delays.observe({ reader }, Math.max(0, this.parts.clock.now() - since) / 1_000);
    });
  }

  /** `answers` reads on when somebody asks: what it has not read is no delay by itself. */
  private countUnread(): void {
    const { positions } = this.parts;
    new Gauge({
      ...this.common,
      name: 'dateline_change_log_unread_entries',
      help: 'Entries of the change log that a reader has not read yet',
      labelNames: ['reader'],
      aggregator: 'max',
      async collect() {
        this.reset();
        try {
          const { head, readers } = await positions();
          for (const [reader, position] of Object.entries(readers)) {
            if (position !== null) this.set({ reader }, Math.max(0, head - position));
          }
        } catch {
          // The other metrics are wanted most when the database is away.
        }
      },
    });
  }
}
