import { z } from 'zod';
import type { Post } from './shapes';

const word = z.string().min(1);
/** Polylang: language -> id. */
const translations = z.record(z.string(), z.coerce.number().int().positive());
/** WPML's REST fields: the others, not the post itself. */
const siblings = z.array(z.object({ id: z.coerce.number().int().positive() }));

/** What a translation plugin says of a post's language: a locale or a tag; null where none does. */
export function languageOf(post: Post, locales: ReadonlyMap<string, string>): string | null {
  const polylang = word.safeParse(post.lang);
  if (polylang.success) return locales.get(polylang.data) ?? polylang.data;
  return word.safeParse(post.wpml_current_locale).data ?? null;
}

/** A name for the group of translations, the same for each of them: their smallest id. Null for a post without. */
export function translationsOf(post: Post): string | null {
  const polylang = Object.values(translations.safeParse(post.translations).data ?? {});
  const wpml = (siblings.safeParse(post.wpml_translations).data ?? []).map(({ id }) => id);
  const others = [...polylang, ...wpml].filter((id) => id !== post.id);
  return others.length === 0 ? null : `post-${Math.min(post.id, ...others)}`;
}

/** The fields that tell it. */
export const LANGUAGE_FIELDS = ['lang', 'translations', 'wpml_current_locale', 'wpml_translations'] as const;
