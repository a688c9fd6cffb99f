/**
 * Before each test file: graphql looks at NODE_ENV when it is loaded, and outside of production checks at every
 * `instanceof` whether there are two copies of it, which takes longer than all else that it does.
 */
const env = process.env.NODE_ENV;
process.env.NODE_ENV = 'production';
require('graphql/jsutils/instanceOf');
process.env.NODE_ENV = env;
