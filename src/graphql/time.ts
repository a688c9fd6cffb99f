import 'reflect-metadata';
import { Field, InputType, registerEnumType } from 'type-graphql';
import type { TimeBucket } from '../core/calendar';
import type { Instant } from '../core/clock';
import { DateTime } from './scalars';

export const TimeBuckets = {
  DAY: 'DAY',
  WEEK: 'WEEK',
  MONTH: 'MONTH',
  YEAR: 'YEAR',
} as const satisfies { readonly [B in TimeBucket]: B };
registerEnumType(TimeBuckets, {
  name: 'TimeBucket',
  description: 'Weeks begin on Monday, as ISO 8601 has it.',
});

@InputType({ description: 'Half-open: its end does not belong to it.' })
export class DateRange {
  @Field(() => DateTime, { nullable: true, description: 'Inclusive.' })
  from?: Instant | null;

  @Field(() => DateTime, { nullable: true, description: 'Exclusive.' })
  to?: Instant | null;
}
