/**
 * Lets a child process require TypeScript: `node -r test/support/typescript-hook.cjs some.ts`. What a file becomes is
 * kept beside the installed packages under a hash of its text: the tests start dozens of such processes, and each loads
 * nearly all files.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync, version } = require('@swc/core');

const root = join(__dirname, '..', '..');
const configFile = join(root, '.swcrc');
const setup = `${version}\n${readFileSync(configFile, 'utf8')}`;
const folder = join(root, 'node_modules', '.cache', 'typescript-hook');

require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled(readFileSync(filename, 'utf8'), filename), filename);
};

function compiled(text, filename) {
  const hash = createHash('sha256').update(`${setup}\n${filename}\n${text}`).digest('hex');
  const kept = join(folder, `${hash}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = transformSync(text, { filename, configFile });
    mkdirSync(folder, { recursive: true });
    // Whole or not at all: another process may be looking for it.
    writeFileSync(`${kept}.${process.pid}`, code);
    renameSync(`${kept}.${process.pid}`, kept);
    return code;
  }
}
