DROP INDEX "changes_by_entity";--> statement-breakpoint
CREATE INDEX "changes_newest" ON "changes" USING btree ("at","seq");--> statement-breakpoint
CREATE INDEX "changes_by_actor" ON "changes" USING btree ("actor","at","seq");--> statement-breakpoint
CREATE INDEX "changes_by_kind" ON "changes" USING btree ("entity","at","seq");--> statement-breakpoint
CREATE INDEX "changes_by_op" ON "changes" USING btree ("op","at","seq");--> statement-breakpoint
CREATE INDEX "changes_with_payload" ON "changes" USING btree ("at") WHERE "changes"."payload" is not null;--> statement-breakpoint
CREATE INDEX "changes_by_entity" ON "changes" USING btree ("entity","entity_id","at","seq");