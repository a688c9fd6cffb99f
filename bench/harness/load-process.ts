import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Order, Tally } from './load';
import { cores } from './servers';

/** The process that makes the load, kept for the whole run so that its code is warm. */
export class LoadProcess {
  private readonly child: ChildProcess;

  constructor(pin: boolean) {
    const node = [process.execPath, '-r', join(__dirname, '..', 'register.js'), join(__dirname, 'load.ts')];
    const kept = cores(pin);
    const [command = '', ...args] = kept ? ['taskset', '-c', kept.load, ...node] : node;
    this.child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  run(order: Order): Promise<Tally> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error('The load process ended'));
      this.child.once('exit', ended);
      this.child.once('message', (tally: Tally) => {
        this.child.off('exit', ended);
        resolve(tally);
      });
      this.child.send(order);
    });
  }

  stop(): void {
    this.child.kill();
  }
}
