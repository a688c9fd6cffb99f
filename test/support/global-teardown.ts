import { serverOfThisRun } from './server-of-this-run';

export default async function globalTeardown(): Promise<void> {
  await serverOfThisRun()?.stop();
}
