/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // These are ES modules. Node requires those since 20.19; Jest, on Node before 24.9, has to have them compiled.
  transform: {
    '^.+\\.ts$': '@swc/jest',
    '/node_modules/(jose|request-filtering-agent|temporal-[a-z]+|intl-messageformat|@formatjs/[a-z-]+)/.+\\.js$':
      '@swc/jest',
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|request-filtering-agent|temporal-[a-z]+|intl-messageformat|@formatjs/[a-z-]+)/)',
  ],
  testEnvironment: 'node',
  // In the context of its own that each file has, V8 asks Node for a global name at each use; these are given to every module
  // as parameters instead. Those are left out that some package declares anew: Boolean, Error, JSON, Number, Promise, String,
  // Symbol, Uint8Array.
  sandboxInjectedGlobals: [
    ...[
      'Array',
      'BigInt',
      'Date',
      'Intl',
      'Map',
      'Math',
      'Object',
      'Reflect',
      'RegExp',
      'Set',
      'WeakMap',
      'parseInt',
    ],
    ...['Float64Array', 'Int32Array', 'Uint16Array', 'Uint32Array'],
  ],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  setupFiles: ['<rootDir>/test/support/fast-graphql.cjs'],
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // PostgreSQL and the tests that start processes need the machine as well. With three, a run is 5 per cent shorter and what
  // waits for others to get a turn waits longer than some tests allow.
  maxWorkers: 2,
  // Each file loads everything anew, and what it loads stays: a worker that has grown is replaced.
  workerIdleMemoryLimit: '1GB',
  // Tells what hangs; what is slow on a machine with other work is not wrong.
  testTimeout: 120_000,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/bench/peers'],
};
