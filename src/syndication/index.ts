/** What leaves the house for use elsewhere: feeds, sitemaps and single articles, for programs of others. */
export { documentsOf } from './documents';
