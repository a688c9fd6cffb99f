/** The words that an export may use: one that the database learns must be added here, or this does not compile. */
import type {
  ArticleKind,
  ArticleStatus,
  ChangeEntity,
  ChangeOp,
  CommentAuthorKind,
  CommentingMode,
  CommentStatus,
  KeyRole,
  ReportReason,
  TopicKind,
  TopicSource,
} from '../../database';

type Words<T extends string> = { readonly [Word in T]: Word };

export const ARTICLE_KINDS: Words<ArticleKind> = { ARTICLE: 'ARTICLE', PAGE: 'PAGE' };
export const ARTICLE_STATUSES: Words<ArticleStatus> = {
  DRAFT: 'DRAFT',
  SCHEDULED: 'SCHEDULED',
  PUBLISHED: 'PUBLISHED',
  WITHDRAWN: 'WITHDRAWN',
};
export const TOPIC_KINDS: Words<TopicKind> = {
  PLACE: 'PLACE',
  PERSON: 'PERSON',
  ORGANISATION: 'ORGANISATION',
  EVENT: 'EVENT',
  SUBJECT: 'SUBJECT',
};
export const TOPIC_SOURCES: Words<TopicSource> = { EDITOR: 'EDITOR', IMPORT: 'IMPORT', MACHINE: 'MACHINE' };
export const COMMENT_STATUSES: Words<CommentStatus> = {
  PENDING: 'PENDING',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  SPAM: 'SPAM',
  DELETED: 'DELETED',
};
export const COMMENT_AUTHOR_KINDS: Words<CommentAuthorKind> = {
  GUEST: 'GUEST',
  READER: 'READER',
  STAFF: 'STAFF',
};
export const REPORT_REASONS: Words<ReportReason> = {
  SPAM: 'SPAM',
  ABUSE: 'ABUSE',
  OFF_TOPIC: 'OFF_TOPIC',
  PERSONAL_INFORMATION: 'PERSONAL_INFORMATION',
  OTHER: 'OTHER',
};
export const COMMENTING_MODES: Words<CommentingMode> = {
  OPEN: 'OPEN',
  PREMODERATED: 'PREMODERATED',
  CLOSED: 'CLOSED',
};
export const CHANGE_ENTITIES: Words<ChangeEntity> = {
  ARTICLE: 'ARTICLE',
  CATEGORY: 'CATEGORY',
  COLLECTION: 'COLLECTION',
  TOPIC: 'TOPIC',
  AUTHOR: 'AUTHOR',
  IMAGE: 'IMAGE',
  COMMENT: 'COMMENT',
  COMMENTER: 'COMMENTER',
  API_KEY: 'API_KEY',
  WEBHOOK: 'WEBHOOK',
};
export const CHANGE_OPS: Words<ChangeOp> = {
  CREATE: 'CREATE',
  UPDATE: 'UPDATE',
  RETAG: 'RETAG',
  MOVE: 'MOVE',
  MERGE: 'MERGE',
  SCHEDULE: 'SCHEDULE',
  PUBLISH: 'PUBLISH',
  CORRECT: 'CORRECT',
  UNPUBLISH: 'UNPUBLISH',
  WITHDRAW: 'WITHDRAW',
  RESTORE: 'RESTORE',
  ROLLBACK: 'ROLLBACK',
  LINK: 'LINK',
  UNLINK: 'UNLINK',
  RELEASE: 'RELEASE',
  EXPIRE: 'EXPIRE',
  PREVIEW: 'PREVIEW',
  REPORT: 'REPORT',
  BAN: 'BAN',
  UNBAN: 'UNBAN',
  EXPORT: 'EXPORT',
  REVOKE: 'REVOKE',
  ROTATE: 'ROTATE',
  DELETE: 'DELETE',
};
export const KEY_ROLES: Words<KeyRole> = {
  CONTRIBUTOR: 'CONTRIBUTOR',
  EDITOR: 'EDITOR',
  MODERATOR: 'MODERATOR',
  ADMIN: 'ADMIN',
  PARTNER: 'PARTNER',
};
