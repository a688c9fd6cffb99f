import { silentLog } from '../../src/core/log';

test('the SDK of OpenTelemetry is loaded by who traces, and by nobody else', () => {
  jest.isolateModules(() => {
    jest.doMock('@opentelemetry/sdk-trace-base', () => {
      throw new Error('It is loaded');
    });
    const { Traces } = require('../../src/watching') as typeof import('../../src/watching');
    const make = () => new Traces({ endpoint: 'http://x.example', service: 'x', log: silentLog });
    expect(make).toThrow('It is loaded');
  });
});
