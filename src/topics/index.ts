/** Topics: what articles are about, with their names in several languages. */
export { topicsOfEntries } from './known-topics';
export { type RebuildReport, rebuildTopics } from './rebuild-topics';
export { type TagReport, tagArchive } from './tag-archive';
export { type LocalName, nameIn, TOPIC_ORDERS, TOPICS_KEPT, type TopicFacts, type TopicRow } from './topic';
export { TopicMutations } from './topic.mutations';
export { TopicReads } from './topic.reads';
export { TopicResolver } from './topic.resolver';
export { TopicService } from './topic.service';
export { namesOfTopics, topicsById } from './topic.store';
export { reparentTopics } from './topic.tree';
export { ArticleTopic, Topic } from './topic.type';
export {
  addMissingTopics,
  addTopics,
  describeTopics,
  storeTopics,
  type TopicDescription,
  type TopicFields,
} from './topic.writer';
