/** Images: what stands beside the text. */
export type { ImageRow } from './image';
export { ImageReads } from './image.reads';
export {
  addImages,
  describedImage,
  describeImages,
  type ImageDescription,
  imagesById,
  type SavedImages,
  saveImages,
} from './image.store';
export { Image } from './image.type';
