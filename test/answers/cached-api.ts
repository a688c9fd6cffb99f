import { execute, parse } from 'graphql';
import { AnswerCache } from '../../src/answers';
import { createServices, requestContext } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import type { Services } from '../../src/context';
import { ANONYMOUS } from '../../src/core/actor';
import type { Clock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { PREVIEW_PAGE, schema, type Variables } from '../support/api';
import { BOX } from '../support/discussions';

/** The API as somebody has it who is anonymous, out of a cache as far as that goes: what HTTP does, without it. */
export class CachedApi {
  readonly cache: AnswerCache;
  /** How often which way was gone. */
  readonly tally = { hits: 0, kept: 0, unkept: 0 };
  private readonly services: Services;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    maxBytes = 10_000_000,
  ) {
    this.cache = new AnswerCache({ database, clock, maxBytes });
    const changes = new ChangeFeed({ database, log: silentLog });
    this.services = createServices({
      ...{ database, clock, box: BOX, changes, log: silentLog, previewPage: PREVIEW_PAGE },
    });
  }

  /** The text of the answer. */
  async ask(source: string, variables: Variables = {}): Promise<string> {
    const key = JSON.stringify([source, variables]);
    const found = this.cache.get(key) ?? (await this.cache.find(key));
    if (found !== null && !('footprint' in found)) {
      this.tally.hits++;
      return found.bytes.toString();
    }
    const { database, clock, services } = this;
    const contextValue = requestContext(
      { database, clock, services },
      { actor: ANONYMOUS, requestId: 'test', footprint: found?.footprint },
    );
    const result = await execute({
      schema,
      document: parse(source),
      variableValues: variables,
      contextValue,
    });
    const text = JSON.stringify(result);
    if (result.errors) found?.end('REFUSED');
    const made = { text, contentType: 'application/json', operationName: null };
    const kept = (await found?.keep(made)) ?? null;
    this.tally[kept ? 'kept' : 'unkept']++;
    return text;
  }
}
