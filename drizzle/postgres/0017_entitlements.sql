CREATE TABLE "entitlements" (
	"key_id" integer NOT NULL,
	"version" integer NOT NULL,
	"at" bigint NOT NULL,
	"content" jsonb,
	CONSTRAINT "entitlements_key_id_version_pk" PRIMARY KEY("key_id","version")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "partner_id" integer;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE cascade ON UPDATE no action;