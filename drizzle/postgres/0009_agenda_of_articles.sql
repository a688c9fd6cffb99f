CREATE TABLE "article_agenda" (
	"article_id" integer NOT NULL,
	"op" text NOT NULL,
	"due_at" bigint NOT NULL,
	CONSTRAINT "article_agenda_article_id_op_pk" PRIMARY KEY("article_id","op")
);
--> statement-breakpoint
DROP INDEX "articles_by_embargo";--> statement-breakpoint
DROP INDEX "articles_by_expiry";--> statement-breakpoint
ALTER TABLE "article_agenda" ADD CONSTRAINT "article_agenda_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "article_agenda_by_date" ON "article_agenda" USING btree ("due_at","article_id");--> statement-breakpoint
INSERT INTO article_agenda (article_id, op, due_at) SELECT id, 'PUBLISH', published_at FROM articles WHERE status = 'SCHEDULED' AND published_at IS NOT NULL;--> statement-breakpoint
INSERT INTO article_agenda (article_id, op, due_at) SELECT id, 'RELEASE', embargo_until FROM articles WHERE status IN ('PUBLISHED', 'SCHEDULED') AND embargo_until > published_at AND embargo_until > (extract(epoch from now()) * 1000)::bigint;--> statement-breakpoint
INSERT INTO article_agenda (article_id, op, due_at) SELECT id, 'EXPIRE', expires_at FROM articles WHERE status IN ('PUBLISHED', 'SCHEDULED') AND expires_at > published_at AND expires_at > (extract(epoch from now()) * 1000)::bigint;
