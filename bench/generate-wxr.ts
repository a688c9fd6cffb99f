/**
 * Makes a WordPress export of any size, the same for everybody who names the same size and seed:
 * `node -r ./bench/register.js bench/generate-wxr.ts --posts 100000 export.xml`.
 */

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { wxrExport } from './generator/wxr';
import { run } from './harness/program';

const HELP = `generate-wxr.ts [options] [file]

  --posts N      posts and pages (1000)
  --comments N   comments a post, on average and exactly so in all (5)
  --seed N       (1)
  --gzip         compress
  file           where to; standard output without it
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      posts: { type: 'string', default: '1000' },
      comments: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      gzip: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stderr.write(HELP);
    return;
  }
  const text = Readable.from(
    wxrExport({ posts: Number(values.posts), comments: Number(values.comments), seed: Number(values.seed) }),
    { objectMode: true, highWaterMark: 16 },
  );
  const [path] = positionals;
  const target = path === undefined ? process.stdout : createWriteStream(path);
  if (values.gzip) await pipeline(text, createGzip(), target);
  else await pipeline(text, target);
}

run(main);
