/** Places; a power of two. All of them taken, texts of thirty characters are a megabyte. */
const PLACES = 1 << 14;

/**
 * Texts that were made of whole numbers, each in the one place that its number has, until another one needs that: to look
 * takes a tenth of what it takes to write an id anew, and to find nothing costs hardly more.
 */
export class MadeBefore {
  private readonly keys = new Float64Array(PLACES);
  /** What else the text depends on. */
  private readonly others = new Float64Array(PLACES);
  private readonly texts = new Array<string | undefined>(PLACES);

  /** The text of the numbers. @param make gives the same whenever it is asked for the same; `key` is not negative */
  text(key: number, other: number, make: (key: number, other: number) => string): string {
    const place = key % PLACES;
    const known = this.texts[place];
    if (known !== undefined && this.keys[place] === key && this.others[place] === other) return known;
    const text = make(key, other);
    this.keys[place] = key;
    this.others[place] = other;
    this.texts[place] = text;
    return text;
  }
}
