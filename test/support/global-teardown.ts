import { serverOfThisRun } from './server-of-this-run';
import { removeSqliteTemplate } from './sqlite-template';

export default async function globalTeardown(): Promise<void> {
  removeSqliteTemplate();
  await serverOfThisRun()?.stop();
}
