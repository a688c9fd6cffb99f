/**
 * How good the answers are, on texts that others wrote: `npm run eval` makes all evaluations, `npm run eval search` one.
 * An evaluation prints a table; what its texts lack it says, and leaves out.
 */
import { parseArgs } from 'node:util';
import { print, run, say } from '../harness/program';
import type { Evaluation } from './evaluation';
import { evaluateRelated } from './related';
import { evaluateSearch } from './search';
import { evaluateStories } from './stories';
import { evaluateTagging } from './tagging';
import { evaluateTopics } from './topics';

/** Another evaluation is one more line here. */
const EVALUATIONS: Readonly<Record<string, Evaluation>> = {
  related: evaluateRelated,
  search: evaluateSearch,
  stories: evaluateStories,
  tagging: evaluateTagging,
  topics: evaluateTopics,
};

const HELP = `npm run eval -- [options] [evaluation...]

  evaluation     of ${Object.keys(EVALUATIONS).join(', ')} (all)
  --data FOLDER  where the texts are (DATELINE_EVAL_DATA, or ../shared/data)
  --seed N       of what is drawn (1)
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: process.env.DATELINE_EVAL_DATA ?? '../shared/data' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(HELP);
  const asked = positionals.length > 0 ? positionals : Object.keys(EVALUATIONS);
  for (const name of asked) {
    const evaluate = EVALUATIONS[name];
    if (!evaluate)
      throw new Error(`There is no evaluation "${name}"; there are: ${Object.keys(EVALUATIONS).join(', ')}`);
    print(`# ${name}\n`);
    await evaluate({ data: values.data, seed: Number(values.seed), print });
    print('');
  }
}

run(main);
