/** Articles refer to authors, categories and topics by their slugs, in what clients send. */
export { keysOfSlugs } from '../slugs';
