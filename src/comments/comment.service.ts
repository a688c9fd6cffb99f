/** What can be done with comments, and by whom. */
import type { Actor } from '../core/actor';
import type { Once } from '../idempotency';
import { type CommentDraft, createComment, type Taken } from './comment.create';
import { deleteOwnComment } from './comment.delete';
import { type CommentEdit, editComment } from './comment.edit';
import { featureComment, type Moderated, type Moderation, moderateComments } from './comment.moderate';
import { editTokenOf, isEditToken } from './comment.own';
import type { CommentParts } from './comment.parts';
import { type CommentReport, reportComment } from './comment.report';
import type { CommentSettings } from './comment.settings';
import type { Origin } from './commenter';
import { CommenterService } from './commenter.service';
import { CommentingService } from './commenting.service';

/** Every method throws Refusal or DatelineError; then nothing was written. */
export class CommentService {
  readonly commenters: CommenterService;
  readonly commenting: CommentingService;

  constructor(private readonly parts: CommentParts) {
    this.commenters = new CommenterService(parts);
    this.commenting = new CommentingService(parts.database, parts.clock, parts.settings);
  }

  get settings(): CommentSettings {
    return this.parts.settings;
  }

  create(actor: Actor, origin: Origin, draft: CommentDraft, once?: Once): Promise<Taken> {
    return createComment(this.parts, actor, origin, draft, once);
  }

  edit(actor: Actor, origin: Origin, edit: CommentEdit): Promise<number> {
    return editComment(this.parts, actor, origin, edit);
  }

  delete(actor: Actor, id: number, editToken: string | null): Promise<number> {
    return deleteOwnComment(this.parts, actor, id, editToken);
  }

  report(actor: Actor, origin: Origin, report: CommentReport): Promise<number> {
    return reportComment(this.parts, actor, origin, report);
  }

  moderate(actor: Actor, moderation: Moderation): Promise<Moderated[]> {
    return moderateComments(this.parts, actor, moderation);
  }

  feature(actor: Actor, id: number, featured: boolean): Promise<number> {
    return featureComment(this.parts, actor, id, featured);
  }

  editTokenOf(id: number): string {
    return editTokenOf(this.parts.box, id);
  }

  isEditToken(id: number, token: string): boolean {
    return isEditToken(this.parts.box, id, token);
  }

  /** An address that was sealed here; null where there is none, or it cannot be read any more. */
  addressIn(sealed: string | null): string | null {
    return sealed === null ? null : this.parts.box.open(sealed);
  }
}
