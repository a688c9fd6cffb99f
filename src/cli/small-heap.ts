import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the heap of this process and of its threads small, for work that makes much and keeps little. V8 lets a
 * heap as small as ours become four times what is in use before it looks what of it can be thrown away; from now on it
 * looks at twice that.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=100');
}
