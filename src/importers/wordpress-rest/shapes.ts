import { z } from 'zod';

/**
 * What the REST API answers with, as far as an import needs it. Plugins and old versions leave things out or write
 * them otherwise; only without its id nothing can be done with an item.
 */
const id = z.coerce.number().int().positive();
const text = z.string().catch('');
const reference = z.coerce.number().int().nonnegative().catch(0);

/** `raw` is there in the context `edit` only. */
export interface Rendered {
  readonly raw: string | null;
  readonly rendered: string;
  /** Behind a password: what is rendered is empty then. */
  readonly protected: boolean;
}

const rendered = z
  .union([
    z.string().transform((plain): Rendered => ({ raw: null, rendered: plain, protected: false })),
    z.object({
      raw: z.string().nullable().catch(null).default(null),
      rendered: z.string().catch('').default(''),
      protected: z.boolean().catch(false).default(false),
    }),
  ])
  .catch({ raw: null, rendered: '', protected: false })
  .default({ raw: null, rendered: '', protected: false });

/** What lists of ids are asked for. */
export const listed = z.object({
  id,
  author: reference.default(0),
  post: reference.default(0),
  status: text.default(''),
});
export type Listed = z.infer<typeof listed>;

export const post = z.looseObject({
  id,
  date: text.default(''),
  date_gmt: text.default(''),
  modified: text.default(''),
  modified_gmt: text.default(''),
  slug: text.default(''),
  status: text.default(''),
  type: text.default(''),
  link: text.default(''),
  password: text.default(''),
  title: rendered,
  content: rendered,
  excerpt: rendered,
  author: reference.default(0),
  featured_media: reference.default(0),
  parent: reference.default(0),
  comment_status: text.default(''),
  sticky: z.boolean().catch(false).default(false),
});
export type Post = z.infer<typeof post>;

export const term = z.object({
  id,
  slug: text.default(''),
  name: text.default(''),
  description: text.default(''),
  link: text.default(''),
  parent: reference.default(0),
});
export type Term = z.infer<typeof term>;

export const user = z.object({
  id,
  name: text.default(''),
  slug: text.default(''),
  /** The login; in the context `edit` only, as is the address. */
  username: text.default(''),
  email: text.default(''),
});
export type User = z.infer<typeof user>;

const pixels = z.coerce.number().int().positive().max(1_000_000).nullable().catch(null).default(null);

export const media = z.object({
  id,
  source_url: text.default(''),
  status: text.default(''),
  title: rendered,
  alt_text: text.default(''),
  caption: rendered,
  post: reference.default(0),
  media_details: z
    .object({
      width: pixels,
      height: pixels,
      image_meta: z
        .object({ credit: text.default('') })
        .catch({ credit: '' })
        .default({ credit: '' }),
    })
    .catch({ width: null, height: null, image_meta: { credit: '' } })
    .default({ width: null, height: null, image_meta: { credit: '' } }),
});
export type Media = z.infer<typeof media>;

export const comment = z.object({
  id,
  post: reference.default(0),
  parent: reference.default(0),
  author_name: text.default(''),
  author_email: text.default(''),
  author_ip: text.default(''),
  date: text.default(''),
  date_gmt: text.default(''),
  content: rendered,
  status: text.default(''),
  type: text.default(''),
});
export type Comment = z.infer<typeof comment>;

/** Of /types and /taxonomies, which answer with an object by name. */
export const described = z.record(
  z.string(),
  z.object({
    rest_base: text.default(''),
    rest_namespace: z.string().catch('wp/v2').default('wp/v2'),
    types: z.array(z.string()).catch([]).default([]),
    hierarchical: z.boolean().catch(false).default(false),
  }),
);
export type Described = z.infer<typeof described>;

export const index = z.object({
  name: text.default(''),
  url: text.default(''),
  home: text.default(''),
  namespaces: z.array(z.string()).catch([]).default([]),
});
export type SiteIndex = z.infer<typeof index>;

export const me = z.object({
  id,
  capabilities: z.record(z.string(), z.unknown()).catch({}).default({}),
});

/** /pll/v1/languages of Polylang. */
export const languages = z.array(z.object({ slug: text.default(''), locale: text.default('') })).catch([]);
