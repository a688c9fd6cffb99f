import { ArticleService } from '../../../src/articles';
import { heldClock } from '../../../src/core/clock';
import { openDatabase } from '../../../src/database';
import { ACTORS } from '../../support/actors';

/** Publishes an article at an instant, and prints its key. */
async function main(url: string, at: number): Promise<void> {
  const database = openDatabase(url);
  const articles = new ArticleService(database, heldClock(at));
  const source = { title: 'News', language: 'en', html: '<p>Text.</p>' };
  const draft = await articles.create(ACTORS.editor, source);
  await articles.publish(ACTORS.editor, draft);
  process.stdout.write(`${draft.id}\n`);
  await database.close();
}

void main(String(process.argv[2]), Number(process.argv[3]));
