export { isWebAddress } from './api-root';
export type { Credentials, HttpLimits } from './http';
export { type RestOptions, RestSource } from './rest-source';
export type { TryLimits } from './tries';
