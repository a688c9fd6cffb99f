#!/usr/bin/env node
import { FAILED, OK, run } from './run';

// `| head` goes when it has seen enough: nothing to say of that, but nor has all been said, such as a new key.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exitCode = FAILED;
  });
}

run(process.argv.slice(2)).then((code) => {
  // Not process.exit: what is still on its way to a pipe would be lost.
  if (code !== OK) process.exitCode = code;
});
