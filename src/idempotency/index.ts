/** Idempotency keys: what is sent again is not done again. */
export { EVERY_TIME, Idempotency, LIFETIME, MAX_KEY, type Once, type Request } from './once';
export { idempotencySweep } from './sweep';
