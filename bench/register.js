/**
 * Lets Node run the benchmarks' TypeScript as it is: `node -r ./bench/register.js bench/main.ts`. SWC and its
 * settings (.swcrc) are those of the tests; the server that is measured is the built one, from dist/.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const root = join(__dirname, '..');

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, root, cwd: root });
  module._compile(code, filename);
};
