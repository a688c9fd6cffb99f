import { systemClock } from '../../../src/core/clock';
import { silentLog } from '../../../src/core/log';
import { openDatabase } from '../../../src/database';
import { JobRunner } from '../../../src/jobs';

/** Takes a job, writes a row for each piece of it, and says so, until it is killed. */
async function main(url: string, lease: number): Promise<void> {
  const database = openDatabase(url);
  const { settings } = database.tables;
  const runner = new JobRunner({
    database,
    clock: systemClock,
    log: silentLog,
    lease,
    look: 20,
    jobs: [
      {
        name: 'pieces',
        due: async (last, now) => (last === null ? now : null),
        run: async ({ write }) => {
          for (let piece = 0; ; piece++) {
            await write(async (tx) => {
              await tx.insert(settings).values({ name: `piece ${piece}`, value: 'killed' });
            });
            process.stdout.write(`${piece}\n`);
          }
        },
      },
    ],
  });
  runner.start();
}

void main(String(process.argv[2]), Number(process.argv[3]));
