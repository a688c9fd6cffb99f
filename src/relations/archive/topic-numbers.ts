import type { TopicNumber } from './segment';

/** Gives the keys of topics dense numbers, from 0 on, that never change: what counts by topic is a plain array. */
export class TopicNumbers {
  private readonly numbers = new Map<number, TopicNumber>();
  private readonly keys: number[] = [];

  get count(): number {
    return this.keys.length;
  }

  /** The number of the topic, a new one where it has none. */
  of(key: number): TopicNumber {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.keys.length);
    return this.keys.push(key) - 1;
  }

  /** The number of the topic; null for one that no article has ever carried. */
  find(key: number): TopicNumber | null {
    return this.numbers.get(key) ?? null;
  }

  keyOf(number: TopicNumber): number {
    return this.keys[number] ?? 0;
  }
}
