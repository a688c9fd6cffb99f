import type {
  ArticleCounter,
  ArticlePublications,
  ArticleReads,
  ArticleService,
  PreviewService,
  RevisionService,
} from './articles';
import type { AuthorFacts, AuthorReads, AuthorService } from './authors';
import type { CategoryReads, CategoryService, CategoryTree } from './categories';
import type { AuditService, Kept, KeptWhole, Memory, Recall } from './changes';
import type { CollectionReads, CollectionService } from './collections';
import type { CommentingRules, CommentNews, CommentReads, CommentService, Origin } from './comments';
import type { Actor } from './core/actor';
import type { Instant } from './core/clock';
import type { Site } from './core/site';
import type { Idempotency } from './idempotency';
import type { ImageReads, ImageRow, ImageService } from './images';
import type { ArchiveIndex, RelationReads } from './relations';
import type { SearchReads } from './search';
import type { StatsService } from './stats';
import type { PartnerFeedService, WebhookService } from './syndication';
import type { TopicFacts, TopicReads, TopicService } from './topics';

/** What is kept in memory of what many articles have to do with. */
export interface KeptSubjects {
  readonly memory: Memory;
  readonly authors: Kept<AuthorFacts>;
  readonly categories: KeptWhole<CategoryTree>;
  readonly commentingRules: KeptWhole<CommentingRules>;
  readonly images: Kept<ImageRow>;
  readonly topics: Kept<TopicFacts>;
}

/** The use cases of the rooms: what can be done, and by whom. */
export interface Services {
  /** What relations between topics are worked out from. */
  readonly archive: ArchiveIndex;
  /** How many articles there are of what, as far as that is known without going through them. */
  readonly articleCounts: ArticleCounter;
  readonly articles: ArticleService;
  readonly audit: AuditService;
  readonly authors: AuthorService;
  readonly categories: CategoryService;
  readonly collections: CollectionService;
  readonly commentNews: CommentNews;
  readonly comments: CommentService;
  readonly idempotency: Idempotency;
  readonly kept: KeptSubjects;
  readonly images: ImageService;
  readonly partnerFeed: PartnerFeedService;
  readonly publications: ArticlePublications;
  /** Where what readers see stands on the web. */
  readonly site: Site;
  readonly stats: StatsService;
  readonly previews: PreviewService;
  readonly revisions: RevisionService;
  readonly topics: TopicService;
  readonly webhooks: WebhookService;
}

/** What somebody may read, room by room. */
export interface RoomReads {
  readonly articles: ArticleReads;
  readonly authors: AuthorReads;
  readonly categories: CategoryReads;
  readonly collections: CollectionReads;
  readonly comments: CommentReads;
  readonly images: ImageReads;
  readonly relations: RelationReads;
  readonly search: SearchReads;
  readonly topics: TopicReads;
}

/** What has been read so far by those who may read the same. */
export type ReadsMemo = { -readonly [R in keyof RoomReads]: RoomReads[R] | null } & { recall: Recall | null };

/** All of it at once, though there is nothing yet: where each request adds what it reads, no two memos have one shape for V8. */
export function nothingRead(): ReadsMemo {
  return {
    articles: null,
    authors: null,
    categories: null,
    collections: null,
    comments: null,
    images: null,
    relations: null,
    search: null,
    topics: null,
    recall: null,
  };
}

/**
 * What a resolver has: who asks, when, and what that viewer may read, batched and remembered for this one
 * request. The instant is the same for the whole request, so that no two of its fields disagree; after a change it is
 * that of the answer, in which what is done now has been done.
 */
export interface RequestContext extends RoomReads {
  readonly actor: Actor;
  readonly now: Instant;
  readonly requestId: string;
  /** Where the request comes from. */
  readonly client: Origin;
  readonly services: Services;
  /** @throws DatelineError SERVICE_UNAVAILABLE when nobody waits for the answer any more: no more work is begun then */
  goOn(): void;
  /** Forgets what the request has read, and looks at the clock again: after a change, and before its answer is read. */
  forget(): void;
}
