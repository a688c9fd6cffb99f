import { Refusal } from '../core/refusal';
import type { ArticleStatus } from '../database';

/** What leads an article from one status to another, or needs one. */
export type LifeStep =
  | 'EDIT'
  | 'PUBLISH'
  | 'CORRECT'
  | 'UNPUBLISH'
  | 'WITHDRAW'
  | 'RESTORE'
  | 'ROLLBACK'
  | 'PREVIEW';

/** From which statuses each is possible, and what to tell where it is not. */
const POSSIBLE: Readonly<Record<LifeStep, readonly [from: readonly ArticleStatus[], otherwise: string]>> = {
  EDIT: [
    ['DRAFT', 'SCHEDULED', 'PUBLISHED'],
    'What is withdrawn stays as it is. Restore it to a draft first.',
  ],
  PUBLISH: [['DRAFT', 'SCHEDULED'], 'Only a draft or a scheduled article can be published.'],
  CORRECT: [['PUBLISHED'], 'Only what is published can be corrected. Anything else can simply be edited.'],
  UNPUBLISH: [['SCHEDULED', 'PUBLISHED'], 'Only a published or scheduled article can be taken back.'],
  WITHDRAW: [['DRAFT', 'SCHEDULED', 'PUBLISHED'], 'The article is withdrawn already.'],
  RESTORE: [['WITHDRAWN'], 'Only what is withdrawn can be restored.'],
  ROLLBACK: [
    ['DRAFT', 'SCHEDULED', 'PUBLISHED'],
    'What is withdrawn stays as it is. Restore it to a draft first.',
  ],
  PREVIEW: [['DRAFT', 'SCHEDULED', 'PUBLISHED'], 'What is withdrawn is shown to nobody.'],
};

/** @throws Refusal NOT_ALLOWED_IN_STATE */
export function assertPossible(step: LifeStep, status: ArticleStatus): void {
  const [from, otherwise] = POSSIBLE[step];
  if (from.includes(status)) return;
  throw new Refusal('NOT_ALLOWED_IN_STATE', `${otherwise} This one is ${status}.`);
}
