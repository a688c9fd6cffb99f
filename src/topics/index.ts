/** Topics: what articles are about, with their names in several languages. */
export type { LocalName, TopicRow } from './topic';
export { TopicReads } from './topic.reads';
export { TopicResolver } from './topic.resolver';
export { ArticleTopic, Topic } from './topic.type';
export { addTopics, storeTopics, type TopicFields } from './topic.writer';
