/** A server on the tiny schema that stops as the real one does. It prints its address, and what became of it. */
import { silentLog } from '../../../src/core/log';
import { Stop, stopOnSignals } from '../../../src/http/shutdown';
import { start } from '../tiny';

const [timeout = '8000'] = process.argv.slice(2);

async function main(): Promise<void> {
  const { server, url } = await start();
  const close = async () => {
    process.stdout.write('closed\n');
  };
  const stop = new Stop({ server, close, timeout: Number(timeout), log: silentLog });
  stopOnSignals(stop, (code) => process.exit(code));
  process.stdout.write(`${url}\n`);
}

void main();
