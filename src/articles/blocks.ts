/**
 * An article's body as a native app renders it: a list of blocks in reading order. All of it is plain JSON,
 * so that it can be stored as it is. Every `html` is sanitised and stands on its own; the `html` of all
 * blocks together is the body. URLs are as the newsroom wrote them and may be relative to its site.
 */
export type Block =
  | ParagraphBlock
  | HeadingBlock
  | ListBlock
  | QuoteBlock
  | ImageBlock
  | GalleryBlock
  | VideoBlock
  | AudioBlock
  | EmbedBlock
  | TableBlock
  | CodeBlock
  | DividerBlock
  | HtmlBlock;

export type BlockType = Block['type'];

interface AnyBlock {
  readonly html: string;
}

export interface ParagraphBlock extends AnyBlock {
  readonly type: 'paragraph';
}

export interface HeadingBlock extends AnyBlock {
  readonly type: 'heading';
  readonly level: 1 | 2 | 3 | 4 | 5 | 6;
}

export interface ListBlock extends AnyBlock {
  readonly type: 'list';
  readonly ordered: boolean;
  /** The inner HTML of every item; nested lists are part of their item. */
  readonly items: readonly string[];
}

export interface QuoteBlock extends AnyBlock {
  readonly type: 'quote';
  /** Who or what is quoted, plain text. */
  readonly citation: string | null;
}

export interface BodyImage {
  readonly url: string;
  /** Pixels, 1 to 99999. */
  readonly width: number | null;
  readonly height: number | null;
  /** Null when the newsroom gave none; the empty string marks a decorative image. */
  readonly alt: string | null;
  /** Plain text. */
  readonly caption: string | null;
}

export interface ImageBlock extends AnyBlock, BodyImage {
  readonly type: 'image';
}

export interface GalleryBlock extends AnyBlock {
  readonly type: 'gallery';
  /** At least one. */
  readonly images: readonly BodyImage[];
  /** Of the gallery as a whole, plain text. */
  readonly caption: string | null;
}

export interface VideoBlock extends AnyBlock {
  readonly type: 'video';
  readonly url: string;
  /** The URL of a still picture. */
  readonly poster: string | null;
  readonly caption: string | null;
}

export interface AudioBlock extends AnyBlock {
  readonly type: 'audio';
  readonly url: string;
  readonly caption: string | null;
}

export interface EmbedBlock extends AnyBlock {
  readonly type: 'embed';
  /** The source of an iframe, or the page that is to be embedded. */
  readonly url: string;
  /** A lower-case name such as `youtube`; the host name where the provider is not a known one. */
  readonly provider: string;
  readonly caption: string | null;
}

export interface TableBlock extends AnyBlock {
  readonly type: 'table';
  /** The inner HTML of the cells, row by row; merged cells are in the first row and column they cover. */
  readonly rows: ReadonlyArray<readonly string[]>;
  /** How many of the first rows are headings. */
  readonly headerRows: number;
  readonly caption: string | null;
}

export interface CodeBlock extends AnyBlock {
  readonly type: 'code';
  readonly text: string;
  /** As the newsroom named it, e.g. `ts`. */
  readonly language: string | null;
}

export interface DividerBlock extends AnyBlock {
  readonly type: 'divider';
}

/** Whatever has no block of its own: definition lists, details, verse, figures of several things. */
export interface HtmlBlock extends AnyBlock {
  readonly type: 'html';
}
