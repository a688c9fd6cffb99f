/** Who asks: API keys and access tokens, and the actors behind them. */
export { type ApiKey, type KeyState, stateOf, USE_PRECISION } from './api-key';
export { ApiKeyService, type IssuedKey, type KeyWish } from './api-key.service';
export { Authenticator } from './authenticator';
export { IdentityKeys, type KeyTimes } from './identity-keys';
export type { IdentityProvider } from './identity-provider';
export { KEY_MEMORY, KeyVerifier } from './key-verifier';
export { TokenVerifier } from './token-verifier';
export { ViewerResolver } from './viewer.resolver';
