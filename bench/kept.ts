/**
 * Measures answers that are kept against a bare server that sends the same bytes, in one interleaved run:
 * `npm run bench:kept -- [seconds] [rounds]`.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Answers } from './bytes';
import { ensureDatabase } from './generate';
import { compare } from './harness/compare';
import { LoadProcess } from './harness/load-process';
import { runWithNumbers } from './harness/numbers';
import { OPERATIONS, requestBody } from './harness/operations';
import { print, say } from './harness/program';
import { machine } from './harness/report';
import { startServer } from './harness/servers';
import { makeWorkload } from './harness/variables';

const CODINGS = [undefined, 'br'] as const;

async function main(seconds: number, rounds: number): Promise<void> {
  const file = await ensureDatabase({ articles: 10_000, seed: 1, say });
  const folder = mkdtempSync(join(tmpdir(), 'bench-kept-'));
  const load = new LoadProcess(true);
  const kept = await startServer('kept', file, true);
  try {
    const bodies = OPERATIONS.map((name) => {
      const [variables = {}] = makeWorkload(file, name, 'uniform', 1).variables;
      return requestBody(name, variables);
    });
    const answers: (readonly [string, string])[] = [];
    for (const body of bodies) {
      for (const coding of CODINGS) {
        const bytes = await post(kept.port, body, coding);
        answers.push([`${coding ?? ''}\n${body}`, bytes.toString('base64')]);
      }
    }
    process.env.BENCH_BYTES = join(folder, 'answers.json');
    writeFileSync(process.env.BENCH_BYTES, JSON.stringify(answers satisfies Answers));
    const bytes = await startServer('bytes', file, true);
    try {
      print(`${machine()}; ${rounds} rounds of ${seconds} s each, medians\n`);
      print('| operation | bytes | bare requests/s | kept requests/s | of bare | of bare by CPU |');
      print('|-----------|------:|----------------:|----------------:|--------:|---------------:|');
      for (const [place, body] of bodies.entries()) {
        for (const coding of CODINGS) {
          const seen = await compare(load, { bytes, kept }, { bodies: [body], coding, rounds, seconds });
          const size = Buffer.from(answers[2 * place + CODINGS.indexOf(coding)]?.[1] ?? '', 'base64').length;
          const share = [seen.kept.perSecond / seen.bytes.perSecond, seen.bytes.cpu / seen.kept.cpu];
          const rates = [seen.bytes.perSecond, seen.kept.perSecond].map((rate) => rate.toFixed(0));
          const name = `${OPERATIONS[place]}${coding ? `, ${coding}` : ''}`;
          print(`| ${[name, size, ...rates, ...share.map((each) => each.toFixed(2))].join(' | ')} |`);
        }
      }
    } finally {
      await bytes.stop();
    }
  } finally {
    load.stop();
    await kept.stop();
    rmSync(folder, { recursive: true });
  }
}

function post(port: number, body: string, coding: string | undefined): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(coding ? { 'accept-encoding': coding } : {}),
    };
    const sent = request({ host: '127.0.0.1', port, path: '/graphql', method: 'POST', headers });
    sent.on('response', (response) => buffer(response).then(resolve, reject));
    sent.on('error', reject).end(body);
  });
}

runWithNumbers(
  'bench:kept --',
  {
    seconds: [3, 'of load for each answer, server and round'],
    rounds: [3, 'every server has its turn in each'],
  },
  ({ seconds, rounds }) => main(seconds, rounds),
);
