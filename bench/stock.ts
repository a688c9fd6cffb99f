/**
 * What the tutorials of its parts make: Apollo Server's standalone server over type-graphql's resolvers, each
 * of which builds its query with Drizzle when it is called. Loaders stand where a tutorial would put them: for
 * the authors, categories and image of each article of a list, and for the names of its topics.
 */
import { run } from './harness/program';
import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSchema } from 'type-graphql';
import { type Context, makeContext, openDb } from './stock/database';
import { ArticleResolver, CategoryResolver, TopicResolver } from './stock/resolvers';

async function main(): Promise<void> {
  const db = openDb(process.env.DATABASE_URL ?? '');
  const schema = await buildSchema({ resolvers: [ArticleResolver, CategoryResolver, TopicResolver] });
  const server = new ApolloServer<Context>({ schema });
  await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: Number(process.env.PORT) },
    context: async () => makeContext(db),
  });
}

run(main);
process.once('SIGTERM', () => process.exit(0));
