/** Slugs, and those that things had before they were renamed, or merged into others. */
export { forgetSlugs, formerly, handOver, heirsOf, leaveSlug } from './former-slugs';
export { insertSlugged } from './insert-slugged';
export { keyOfSlug, keyOrNull, keysOfSlugs } from './keys-of-slugs';
export { mergedAway, mergedInto } from './merged';
export { slugLoader } from './slug-loader';
export { assertSlugIsFree, changeSlug, freeSlug } from './take-slug';
