CREATE TABLE "article_copies" (
	"article_id" integer NOT NULL,
	"copy_id" integer NOT NULL,
	CONSTRAINT "article_copies_article_id_copy_id_pk" PRIMARY KEY("article_id","copy_id")
);
--> statement-breakpoint
CREATE TABLE "article_signatures" (
	"article_id" integer PRIMARY KEY NOT NULL,
	"signature" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signature_buckets" (
	"number" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "article_copies" ADD CONSTRAINT "article_copies_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_signatures" ADD CONSTRAINT "article_signatures_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;