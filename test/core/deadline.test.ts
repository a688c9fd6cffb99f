import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { withDeadline } from '../../src/core/deadline';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

describe('work with a deadline', () => {
  const never = new AbortController().signal;
  let silent: Server;
  let url: string;

  beforeEach(async () => {
    silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    silent.closeAllConnections();
    silent.close();
  });

  test('gives what the work gives', async () => {
    await expect(withDeadline(10_000, never, async () => 7)).resolves.toBe(7);
    await expect(withDeadline(10_000, never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  test('is over in time, however often garbage is collected', async () => {
    const collecting = setInterval(collectGarbage, 20);
    try {
      const asked = withDeadline(300, never, (signal) => fetch(url, { signal }));
      await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
    } finally {
      clearInterval(collecting);
    }
  });

  test('is over when everything is to stop, for the reason of that', async () => {
    const stopping = new AbortController();
    const asked = withDeadline(60_000, stopping.signal, (signal) => fetch(url, { signal }));
    stopping.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    const begun = jest.fn();
    await expect(withDeadline(60_000, stopping.signal, begun)).rejects.toThrow('enough');
    expect(begun).not.toHaveBeenCalled();
  });

  test('holds on to nothing of what is done', async () => {
    const stopping = new AbortController();
    const aborted = jest.fn();
    await withDeadline(20, stopping.signal, async (signal) => signal.addEventListener('abort', aborted));
    stopping.abort();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(aborted).not.toHaveBeenCalled();
  });
});
