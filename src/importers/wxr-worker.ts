/** A thread that reads an export. */
import { workerData } from 'node:worker_threads';
import { sendAll } from './threads';
import { runJob } from './wxr-jobs';

void sendAll(runJob(workerData));
