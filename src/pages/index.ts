/** Pages for people: what a newsroom can open in a browser. */
export { showRelations } from './relation/show';
