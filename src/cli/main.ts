#!/usr/bin/env node
import { run } from './run';

// `| head` goes when it has seen enough, which is no failure; a command that needs to know finds out by itself.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

run(process.argv.slice(2)).then((code) => {
  // Not process.exit: what is still on its way to a pipe would be lost.
  process.exitCode = code;
});
