/** The partner's side: a copy of what a publisher gives, kept in step. */
export { DirectoryTarget } from './directory-target';
export { type FetchImages, imageFetcher } from './images';
export { type MirrorProgress, runMirror } from './mirror';
export { NewsroomTarget } from './newsroom-target';
export { Publisher, PublisherRefused } from './publisher';
export { SNAPSHOT } from './publisher.query';
export type { MirrorState, MirrorTarget } from './target';
