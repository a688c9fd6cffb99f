import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AuditOps } from '../../changes/audit.type';
import type { Instant } from '../../core/clock';
import type { ChangeOp } from '../../database';
import { connectionType } from '../../graphql/connections';
import { DateTime } from '../../graphql/scalars';
import type { BlockChangeKind } from './diff/blocks';
import type { DiffKind } from './diff/words';
import type { RevisionRow } from './history.store';

@ObjectType({ description: 'What an article was, or is: who made it that, and when.', simpleResolvers: true })
export class ArticleRevision {
  @Field(() => Int)
  revision: number;

  @Field(() => DateTime)
  at: Instant;

  @Field(() => String, { description: 'The name under which the actor is known: never an e-mail address.' })
  actor: string;

  @Field(() => AuditOps)
  op: ChangeOp;

  @Field(() => String, { description: 'The title that it had then.' })
  title: string;

  constructor({ revision, at, actor, op, title }: RevisionRow) {
    this.revision = revision;
    this.at = at;
    this.actor = actor;
    this.op = op;
    this.title = title;
  }
}

export const ArticleRevisionConnection = connectionType('ArticleRevision', () => ArticleRevision);

const DiffKinds = {
  SAME: 'SAME',
  REMOVED: 'REMOVED',
  ADDED: 'ADDED',
} as const satisfies { readonly [K in DiffKind]: K };
registerEnumType(DiffKinds, {
  name: 'DiffKind',
  description: 'SAME: in both. REMOVED: only before. ADDED: only after.',
});

const BlockChangeKinds = {
  ...DiffKinds,
  CHANGED: 'CHANGED',
} as const satisfies { readonly [K in BlockChangeKind]: K };
registerEnumType(BlockChangeKinds, {
  name: 'BlockChangeKind',
  description: 'CHANGED: there is another block in its place that says much the same.',
});

@ObjectType({
  description:
    'Some of a text. All that are not ADDED, one behind the other, are what it was; all that are not REMOVED what it is.',
  simpleResolvers: true,
})
export class DiffPart {
  @Field(() => DiffKinds)
  kind!: DiffKind;

  @Field(() => String, { description: 'Plain text.' })
  text!: string;
}

@ObjectType({ simpleResolvers: true })
export class FieldChange {
  @Field(() => String, { description: 'As an article calls it, e.g. "rights.embargoUntil".' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'As text; of a list its slugs, one a line.' })
  before!: string | null;

  @Field(() => String, { nullable: true })
  after!: string | null;

  @Field(() => [DiffPart], { description: 'Word by word.' })
  parts!: readonly DiffPart[];
}

@ObjectType({ description: 'A paragraph, a heading, an image.', simpleResolvers: true })
export class BlockChange {
  @Field(() => BlockChangeKinds)
  kind!: BlockChangeKind;

  @Field(() => Int, { description: 'How many unchanged blocks are left out before this one.' })
  skipped!: number;

  @Field(() => String, { nullable: true, description: 'Its HTML; null where it was not there.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'Its HTML; null where it is no more.' })
  after!: string | null;

  @Field(() => [DiffPart], { description: 'Its text, word by word.' })
  parts!: readonly DiffPart[];
}

@ObjectType({ simpleResolvers: true })
export class BodyDiff {
  @Field(() => [BlockChange], {
    description: 'Those that have changed, with one that has not before and after them; at most 500.',
  })
  blocks!: readonly BlockChange[];

  @Field(() => Boolean, { description: 'False where more has changed than is told.' })
  isComplete!: boolean;
}

@ObjectType({
  description: 'What has become of an article between two of its revisions.',
  simpleResolvers: true,
})
export class ArticleDiff {
  @Field(() => ArticleRevision)
  from!: ArticleRevision;

  @Field(() => ArticleRevision)
  to!: ArticleRevision;

  @Field(() => [FieldChange], { description: 'Those that differ; a field once.' })
  fields!: readonly FieldChange[];

  @Field(() => BodyDiff)
  body!: BodyDiff;
}
