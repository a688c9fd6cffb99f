import { articleScheduler } from '../../../src/articles';
import { systemClock } from '../../../src/core/clock';
import { silentLog } from '../../../src/core/log';
import { openDatabase } from '../../../src/database';
import { JobRunner } from '../../../src/jobs';

/** Keeps to the dates of articles, and says so after each batch, until it is killed. */
function main(url: string, lease: number): void {
  const database = openDatabase(url);
  const { run, ...job } = articleScheduler({ database, log: silentLog });
  const telling = {
    ...job,
    run: (turn: Parameters<typeof run>[0]) =>
      run({
        ...turn,
        write: async (work) => {
          const done = await turn.write(work);
          process.stdout.write('batch\n');
          return done;
        },
      }),
  };
  new JobRunner({ database, clock: systemClock, log: silentLog, lease, jobs: [telling] }).start();
}

main(String(process.argv[2]), Number(process.argv[3]));
