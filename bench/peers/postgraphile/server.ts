/**
 * PostGraphile 4 over the tables of a database of Dateline's, as its manual has it served. It reads what its client names,
 * and so drafts, what is under embargo and private columns as well: it checks nothing, which is to its favour.
 */
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';

const options = { disableDefaultMutations: true, graphiql: false, disableQueryLog: true, ignoreRBAC: true };
createServer(postgraphile(process.env.DATABASE_URL, 'public', options)).listen(
  Number(process.env.PORT),
  '127.0.0.1',
);
process.once('SIGTERM', () => process.exit(0));
