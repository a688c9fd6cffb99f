/** Images: what stands beside the text. */
export { IMAGES_KEPT, type ImageDescription, type ImageFields, type ImageRow } from './image';
export { checkImage } from './image.checks';
export { imageFor } from './image.edit';
export { ImageMutations } from './image.mutations';
export { ImageInput } from './image.payload';
export { ImageReads } from './image.reads';
export { ImageResolver, visibleImage } from './image.resolver';
export { ImageService } from './image.service';
export { imagesById } from './image.store';
export { Image, keptImage } from './image.type';
export { addImages, describeImages, type SavedImages, saveImages, storeImages } from './image.writer';
