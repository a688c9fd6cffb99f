import { openDatabase } from '../../../src/database';
import { NOW } from '../../support/archive';
import { Process } from '../webhook-process';

/** Milliseconds after which what a killed process had taken is free. */
const LEASE = 400;

/** Sends webhooks for ever, and says that it does. @param began when it was NOW, for all processes of a test */
function main(url: string, began: number): void {
  const clock = { now: () => NOW + Date.now() - began };
  new Process(openDatabase(url), clock, { lease: LEASE }).start();
  process.stdout.write('sending\n');
}

main(String(process.argv[2]), Number(process.argv[3]));
