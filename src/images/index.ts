/** Images: what stands beside the text. */
export type { ImageRow } from './image';
export { ImageReads } from './image.reads';
export { addImages, describeImages, imagesById, type SavedImages, saveImages } from './image.store';
export { Image } from './image.type';
