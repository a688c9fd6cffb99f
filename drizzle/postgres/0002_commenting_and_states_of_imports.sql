ALTER TABLE "articles" ADD COLUMN "commenting" text DEFAULT 'OPEN' NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "commenting_closes_at" bigint;--> statement-breakpoint
ALTER TABLE "import_keys" ADD COLUMN "state" text;--> statement-breakpoint
CREATE INDEX "import_keys_by_local_id" ON "import_keys" USING btree ("kind","local_id");