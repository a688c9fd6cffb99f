import type { TopicKind } from '../../database';

/** A topic as far as relations need to know it. */
export interface TopicPlace {
  readonly id: number;
  readonly parentId: number | null;
  readonly kind: TopicKind;
}

/** No line is as long: a circle, which should not be there, is gone round no more often. */
const MOST_STEPS = 1_000;

/** Which topics there are, and what stands below what. It never changes: `with` makes another one. */
export class TopicTree {
  constructor(private readonly places: ReadonlyMap<number, TopicPlace>) {}

  get(topic: number): TopicPlace | undefined {
    return this.places.get(topic);
  }

  kindOf(topic: number): TopicKind | null {
    return this.places.get(topic)?.kind ?? null;
  }

  /** The tree with these as they are now, and without those that are gone. */
  with(changed: readonly TopicPlace[], gone: readonly number[]): TopicTree {
    const places = new Map(this.places);
    for (const place of changed) places.set(place.id, place);
    for (const topic of gone) places.delete(topic);
    return new TopicTree(places);
  }

  /** The topic itself and everything above it. */
  lineOf(topic: number): Set<number> {
    const line = new Set<number>();
    for (
      let at: number | null = topic;
      at !== null && !line.has(at);
      at = this.places.get(at)?.parentId ?? null
    ) {
      line.add(at);
    }
    return line;
  }

  /** Tells of others whether they are the topic, or stand above or below it. */
  kinOf(topic: number): (other: number) => boolean {
    const above = this.lineOf(topic);
    return (other) => {
      if (above.has(other)) return true;
      let at: number | null = other;
      for (let steps = 0; at !== null && steps < MOST_STEPS; steps++) {
        if (at === topic) return true;
        at = this.places.get(at)?.parentId ?? null;
      }
      return false;
    };
  }
}
