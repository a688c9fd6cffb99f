/** Slugs that things had before they were renamed, or merged into others. */
export { forgetSlugs, formerly, handOver, heirsOf, leaveSlug } from './former-slugs';
export { insertSlugged } from './insert-slugged';
export { slugLoader } from './slug-loader';
