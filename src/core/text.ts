/**
 * Text as every room sees it. Slugs, tagging and search share one normaliser, so that a word that is found
 * by one is found by all.
 */
export { decodeSlug, normalisePath } from './text/addresses';
export { ANALYSIS_VERSION, analyse, eachWord, type Token, termOf, type Word } from './text/analyse';
export { countWords } from './text/count-words';
export { directionInHtml } from './text/direction';
export { canonicalLanguageTag, directionOf, isLanguageTag, type TextDirection } from './text/language';
export { normalise } from './text/normalise';
export { compareTexts } from './text/order';
export { RECOGNISED_BY, recogniseArabicScript } from './text/recognise';
export { areCopies, bucketsOf, likenessOf, SIGNATURE_BINS, signatureOf } from './text/signature';
export { asLine, seenLength, withoutUnseen } from './text/visible';
export { MAX_SLUG_LENGTH, slugify, tokens, UNTITLED_SLUG } from './text/words';
