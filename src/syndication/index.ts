/** What leaves the house for use elsewhere: feeds, for readers' programs and those of other newsrooms. */
export { documentsOf } from './documents';
