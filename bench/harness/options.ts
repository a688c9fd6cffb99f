import { parseArgs } from 'node:util';
import { OPERATIONS, type OperationName } from './operations';
import { OWN_SERVERS, SERVER_NAMES, type ServerName } from './servers';

export interface Options {
  readonly articles: number;
  readonly seed: number;
  /** How long one server is loaded with one operation in one round. */
  readonly seconds: number;
  readonly rounds: number;
  readonly warmup: number;
  readonly connections: number;
  readonly operations: readonly OperationName[];
  readonly servers: readonly ServerName[];
  readonly draw: Draw;
  /** Where the figures go as JSON. */
  readonly json: string | null;
  readonly pin: boolean;
}

/** How often which variables are sent: all alike, a few far more often than the rest, or half and half. */
export type Draw = 'uniform' | 'zipf' | 'mixed';
const DRAWS: readonly Draw[] = ['uniform', 'zipf', 'mixed'];

export const HELP = `npm run bench -- [options]

  --articles N      size of the generated database (10000)
  --seed N          and its seed (1)
  --seconds N       time per server, operation and round (4)
  --rounds N        rounds; every server has its turn in each, in random order (5)
  --warmup N        seconds of load per server and operation beforehand, until V8 has compiled what is hot (10)
  --connections N   keep-alive connections, one request at a time on each (8)
  --operations A,B  of ${OPERATIONS.join(', ')} (all)
  --servers A,B     of ${SERVER_NAMES.join(', ')} (${OWN_SERVERS.join(',')})
  --draw D          variables drawn uniform, zipf or mixed (mixed)
  --no-pin          let servers and load share all cores
  --json FILE       write the figures there as well
  --short           1000 articles, one short round: does it run, and do all answer alike?
  --help
`;

/** @throws Error that says which option is wrong */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      articles: { type: 'string' },
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      warmup: { type: 'string' },
      connections: { type: 'string', default: '8' },
      operations: { type: 'string', default: OPERATIONS.join(',') },
      servers: { type: 'string', default: OWN_SERVERS.join(',') },
      draw: { type: 'string', default: 'mixed' },
      'no-pin': { type: 'boolean', default: false },
      json: { type: 'string' },
      short: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const { short } = values;
  return {
    articles: positive('articles', values.articles ?? (short ? '1000' : '10000')),
    seed: positive('seed', values.seed),
    seconds: positive('seconds', values.seconds ?? (short ? '1' : '4')),
    rounds: positive('rounds', values.rounds ?? (short ? '1' : '5')),
    warmup: positive('warmup', values.warmup ?? (short ? '1' : '10')),
    connections: positive('connections', values.connections),
    operations: among('operations', values.operations, OPERATIONS),
    servers: among('servers', values.servers, SERVER_NAMES),
    draw: among('draw', values.draw, DRAWS)[0] ?? 'mixed',
    json: values.json ?? null,
    pin: !values['no-pin'],
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0; it is ${text}`);
  return value;
}

function among<T extends string>(name: string, text: string, known: readonly T[]): T[] {
  return text.split(',').map((word) => {
    const found = known.find((each) => each === word);
    if (found === undefined) throw new Error(`--${name}: ${word} is none of ${known.join(', ')}`);
    return found;
  });
}
