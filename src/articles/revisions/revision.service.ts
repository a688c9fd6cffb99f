import type { Actor } from '../../core/actor';
import type { Database } from '../../database';
import { mayReadRevisions } from '../article.policy';
import { type BodyDiff, diffBodies } from './diff/blocks';
import { diffFields, type FieldChange } from './diff/fields';
import type { RevisionRow } from './history.store';
import { presentVersion, versionAt } from './version';

/** What has become of an article between two of its revisions. */
export interface ArticleDiffRow {
  readonly from: RevisionRow;
  readonly to: RevisionRow;
  readonly fields: readonly FieldChange[];
  readonly body: BodyDiff;
}

export class RevisionService {
  constructor(private readonly database: Database) {}

  /**
   * From one revision to another, which may be the earlier one: by default to the present one. Null where the actor
   * may not see it, or there is no such article or revision.
   */
  async diff(actor: Actor, id: number, from: number, to: number | null): Promise<ArticleDiffRow | null> {
    if (!mayReadRevisions(actor)) return null;
    // Of one instant: a body is kept with the revision that is superseded meanwhile.
    const versions = await this.database.snapshot(async (reader) => {
      const present = await presentVersion(reader, id);
      if (present === null) return null;
      const before = await versionAt(reader, present, from);
      const after = await versionAt(reader, present, to ?? present.row.revision);
      return before && after && { before, after };
    });
    if (versions === null) return null;
    const { before, after } = versions;
    const { language } = after.state.article;
    return {
      from: before.row,
      to: after.row,
      fields: diffFields(before.state, after.state, language),
      body: diffBodies(before.html, after.html, language),
    };
  }
}
