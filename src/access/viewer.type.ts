import 'reflect-metadata';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { type Actor, ROLES, type Role } from '../core/actor';

export const ViewerKinds = {
  ANONYMOUS: 'ANONYMOUS',
  READER: 'READER',
  PARTNER: 'PARTNER',
  STAFF: 'STAFF',
} as const;
registerEnumType(ViewerKinds, { name: 'ViewerKind' });

export const Roles: { readonly [R in Role]: R } = {
  CONTRIBUTOR: 'CONTRIBUTOR',
  EDITOR: 'EDITOR',
  MODERATOR: 'MODERATOR',
  ADMIN: 'ADMIN',
};
registerEnumType(Roles, { name: 'Role' });

@ObjectType({
  description: 'Who asks, as Dateline understands the credential that was sent.',
  simpleResolvers: true,
})
export class Viewer {
  @Field(() => ViewerKinds)
  kind: keyof typeof ViewerKinds;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the person, or the label of the API key.',
  })
  name: string | null;

  @Field(() => [Roles], { description: 'Of staff.' })
  roles: readonly Role[];

  constructor({ kind, displayName, roles }: Actor) {
    // Dateline itself, when it runs operations, sees what the newsroom sees.
    this.kind = kind === 'SYSTEM' ? 'STAFF' : kind;
    this.name = displayName;
    this.roles = ROLES.filter((role) => roles.has(role));
  }
}
