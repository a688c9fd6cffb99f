/** Jobs: what is done from time to time, once however many processes there are. */
export { every, type Job, type Turn, TurnLost } from './job';
export { JobRunner, type JobRunnerParts, type OverdueJob } from './job-runner';
