DROP INDEX `changes_by_entity`;--> statement-breakpoint
CREATE INDEX `changes_newest` ON `changes` (`at`,`seq`);--> statement-breakpoint
CREATE INDEX `changes_by_actor` ON `changes` (`actor`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `changes_by_kind` ON `changes` (`entity`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `changes_by_op` ON `changes` (`op`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `changes_with_payload` ON `changes` (`at`) WHERE "changes"."payload" is not null;--> statement-breakpoint
CREATE INDEX `changes_by_entity` ON `changes` (`entity`,`entity_id`,`at`,`seq`);