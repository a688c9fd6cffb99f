/** Addresses: from a global id or a path of the site to what lives there. */
export { NodeResolver } from './node.resolver';
export { resolveRoute } from './route';
export { Gone, RouteTo } from './route.type';
