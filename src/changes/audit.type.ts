import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Instant } from '../core/clock';
import { globalId, type NodeType } from '../core/ids';
import type { ChangeEntity, ChangeOp } from '../database';
import { connectionType } from '../graphql/connections';
import { DateTime } from '../graphql/scalars';
import type { AuditRow } from './audit.store';

export const AuditEntities = {
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
} as const satisfies { readonly [E in ChangeEntity]: E };
registerEnumType(AuditEntities, { name: 'AuditEntity' });

export const AuditOps = {
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
} as const satisfies { readonly [O in ChangeOp]: O };
registerEnumType(AuditOps, { name: 'AuditOp' });

/** The types of what has a global id. */
export const NODE_TYPES: Readonly<Partial<Record<ChangeEntity, NodeType>>> = {
  ARTICLE: 'Article',
  CATEGORY: 'Category',
  COLLECTION: 'Collection',
  TOPIC: 'Topic',
  AUTHOR: 'Author',
  IMAGE: 'Image',
  COMMENT: 'Comment',
  // A commenter has no id: it is that of the comment by which they were found.
  COMMENTER: 'Comment',
};

@ObjectType({ description: 'Who did what to what, and when.', simpleResolvers: true })
export class AuditEntry {
  @Field(() => DateTime)
  at: Instant;

  @Field(() => String, { description: 'The name under which the actor is known: never an e-mail address.' })
  actor: string;

  @Field(() => AuditEntities)
  entity: ChangeEntity;

  @Field(() => ID, {
    nullable: true,
    description: 'The id of what was changed, which may be gone by now; null for what has none.',
  })
  item: string | null;

  @Field(() => AuditOps)
  op: ChangeOp;

  @Field(() => Int, {
    nullable: true,
    description: 'Of the item after the change; null for what has no revisions.',
  })
  revision: number | null;

  constructor({ at, actor, entity, entityId, op, revision }: AuditRow) {
    const type = NODE_TYPES[entity];
    this.at = at;
    this.actor = actor;
    this.entity = entity;
    this.item = type === undefined || entityId === 0 ? null : globalId(type, entityId);
    this.op = op;
    this.revision = revision === 0 ? null : revision;
  }
}

export const AuditConnection = connectionType('Audit', () => AuditEntry);
