import type { Actor } from '../core/actor';
import { type Page, type Slice, toSlice } from '../core/paging';
import type { Database } from '../database';
import { assertMayAudit } from './audit.policy';
import { type AuditQuery, type AuditRow, auditPage, auditTotal } from './audit.store';

/** Who did what when. */
export class AuditService {
  constructor(private readonly database: Database) {}

  /** @throws DatelineError FORBIDDEN */
  async page(actor: Actor, query: AuditQuery, page: Page): Promise<Slice<AuditRow>> {
    assertMayAudit(actor, 'READ');
    return toSlice(await auditPage(this.database, query, page), page);
  }

  /** @throws DatelineError FORBIDDEN */
  async total(actor: Actor, query: AuditQuery): Promise<number> {
    assertMayAudit(actor, 'READ');
    return auditTotal(this.database, query);
  }
}
