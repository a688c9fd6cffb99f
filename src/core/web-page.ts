/** Pages for people, between the room that makes them and the one that serves them. */
export interface PageRequest {
  /** What stands behind the place of the pages, percent-decoded; null at the place itself. */
  readonly path: string | null;
  readonly query: URLSearchParams;
  readonly requestId: string;
}

export type PageAnswer = ShownPage | Redirection;

export interface ShownPage {
  readonly status: 200 | 400 | 404;
  readonly type: 'text/html' | 'image/svg+xml';
  readonly text: string;
  /** What it may load and do, as a Content-Security-Policy. */
  readonly policy: string;
  /** Of the text. */
  readonly language: string;
}

export interface Redirection {
  /** 301 for good; 303 for what a form has sent. */
  readonly status: 301 | 303;
  /** Relative to the address of the request. */
  readonly location: string;
}
