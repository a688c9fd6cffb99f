import { IntlMessageFormat } from 'intl-messageformat';
import { type Child, html, Markup } from '../core/markup';
import { canonicalLanguageTag, directionOf, isLanguageTag, withoutUnseen } from '../core/text';
import { type Message, PAGE_LANGUAGES, type PageLanguage, VOCABULARY } from './vocabulary';

export type Values = Readonly<Record<string, string | number | Markup>>;

/** Half-open, in epoch milliseconds. */
interface Period {
  readonly start: number;
  readonly end: number;
}

/** Dates are the Gregorian ones of UTC in every language: so the archive is divided into days, months and years. */
const CALENDAR = { timeZone: 'UTC', calendar: 'gregory' } as const;
const DAY = 86_400_000;

/** How one language says what a page has to say. */
export class Wording {
  private static readonly known = new Map<string, Wording>();
  readonly direction: 'ltr' | 'rtl';
  private readonly messages = new Map<Message, IntlMessageFormat>();
  private readonly numbers: (options: Intl.NumberFormatOptions) => Intl.NumberFormat;
  private readonly dates: (options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat;
  private readonly lists: Intl.ListFormat;

  /** @param tag of the page, and of the names of topics on it */
  private constructor(
    readonly language: PageLanguage,
    readonly tag: string,
    private readonly locale: string,
  ) {
    this.direction = directionOf(tag) === 'RTL' ? 'rtl' : 'ltr';
    this.numbers = remembered((options) => new Intl.NumberFormat(locale, options));
    this.dates = remembered((options) => new Intl.DateTimeFormat(locale, { ...options, ...CALENDAR }));
    this.lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  }

  /** Null where there is no such vocabulary. Of the forms of a language that of Afghanistan is told apart: Dari. */
  static of(tag: string): Wording | null {
    if (!isLanguageTag(tag)) return null;
    const wanted = canonicalLanguageTag(tag);
    const language = PAGE_LANGUAGES.find((each) => each === wanted.split('-', 1)[0]);
    if (language === undefined) return null;
    const kept = wanted === 'fa-AF' ? wanted : language;
    const known = Wording.known.get(kept) ?? new Wording(language, kept, LOCALES[kept] ?? kept);
    Wording.known.set(kept, known);
    return known;
  }

  say(message: Message, values: Values = {}): Markup {
    const parts = this.messageOf(message).formatToParts<Markup>(values);
    return html`${parts.map(({ value }): Child => (value instanceof Markup ? value : String(value)))}`;
  }

  /** The same where there can be no markup: in attributes, titles and pictures. */
  text(message: Message, values: Readonly<Record<string, string | number>> = {}): string {
    return String(this.messageOf(message).format(values));
  }

  number(value: number): string {
    return this.numbers({ maximumFractionDigits: 0 }).format(value);
  }

  /** As exact as somebody can make use of it. */
  measure(value: number): string {
    const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    return this.numbers({ maximumFractionDigits: digits }).format(value);
  }

  /** How many times something is: two digits that count. */
  times(value: number): string {
    return this.numbers({ maximumSignificantDigits: value >= 100 ? 3 : 2 }).format(value);
  }

  percent(share: number): string {
    const digits = share > 0 && share < 0.1 ? 1 : 0;
    return this.numbers({ style: 'percent', maximumFractionDigits: digits }).format(share);
  }

  date(at: number): string {
    return this.dates({ dateStyle: 'long' }).format(at);
  }

  month(at: number): string {
    return this.dates({ year: 'numeric', month: 'short' }).format(at);
  }

  year(at: number): string {
    return this.dates({ year: 'numeric' }).format(at);
  }

  shortDate(at: number): string {
    return this.dates({ day: 'numeric', month: 'short' }).format(at);
  }

  /** Whole days; the last is that before the end. */
  days({ start, end }: Period): string {
    return this.dates({ dateStyle: 'medium' }).formatRange(start, Math.max(start, end - DAY));
  }

  /** "A, B and C", with what stands between them said by the language. */
  list(items: readonly Child[]): Markup {
    const parts = this.lists.formatToParts(items.map((_, place) => String(place)));
    return html`${parts.map(({ type, value }): Child => (type === 'element' ? (items[Number(value)] ?? null) : value))}`;
  }

  listText(items: readonly string[]): string {
    return this.lists.format(items);
  }

  private messageOf(message: Message): IntlMessageFormat {
    const known = this.messages.get(message);
    if (known) return known;
    const text = VOCABULARY[message][this.language];
    const made = new IntlMessageFormat(text, this.locale, undefined, { ignoreTag: true });
    this.messages.set(message, made);
    return made;
  }
}

/** How numbers, dates and lists are written where that is not what the name of the language says. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', ar: 'ar-u-nu-arab' };

/** A name or a title that may run in another direction than what stands around it. */
export function isolated(text: string): Markup {
  return html`<bdi>${withoutUnseen(text)}</bdi>`;
}

/** The same where there can be no markup, by the isolates of Unicode. */
export function isolatedText(text: string): string {
  return `\u2068${withoutUnseen(text)}\u2069`;
}

/** These take long to make. */
function remembered<O, F>(make: (options: O) => F): (options: O) => F {
  const known = new Map<string, F>();
  return (options) => {
    const key = JSON.stringify(options);
    const made = known.get(key) ?? make(options);
    known.set(key, made);
    return made;
  };
}
