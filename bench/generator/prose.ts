import type { Block } from '../../src/articles/blocks';
import type { Random } from './random';
import { type Language, WORDS, type Words } from './words';

export interface Prose {
  readonly html: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly wordCount: number;
}

/** Paragraphs of an article; with its heading and quotation they make about 3 kB of HTML. */
const PARAGRAPHS = [7, 11] as const;

export function headline(random: Random, language: Language): string {
  const words = WORDS[language];
  const place = random.chance(0.6) ? ` ${random.pick(words.places)}` : '';
  return clause(random, words, place);
}

export function standfirst(random: Random, language: Language): string {
  return `${sentence(random, WORDS[language])} ${sentence(random, WORDS[language])}`;
}

export function remark(random: Random, language: Language): string {
  const words = WORDS[language];
  const first = random.pick(words.remarks);
  return random.chance(0.5) ? first : `${first} ${sentence(random, words)}`;
}

export function body(random: Random, language: Language): Prose {
  const words = WORDS[language];
  const count = random.between(PARAGRAPHS[0], PARAGRAPHS[1]);
  const heading = headline(random, language);
  let text = '';
  const blocks: Block[] = [];
  for (let index = 0; index < count; index++) {
    if (index === 3) {
      text += `${heading}\n\n`;
      blocks.push({ type: 'heading', level: 2, html: `<h2>${heading}</h2>` });
    }
    const quoted = index === 4 && random.chance(0.5);
    const inner = paragraph(random, words, quoted ? 1 : random.between(2, 4));
    text += index === count - 1 ? inner : `${inner}\n\n`;
    if (quoted)
      blocks.push({ type: 'quote', html: `<blockquote><p>${inner}</p></blockquote>`, citation: null });
    else blocks.push({ type: 'paragraph', html: `<p>${inner}</p>` });
  }
  const html = blocks.map((block) => block.html).join('');
  return { html, text, blocks, wordCount: countWords(text) };
}

function paragraph(random: Random, words: Words, sentences: number): string {
  let text = sentence(random, words);
  for (let index = 1; index < sentences; index++) text += ` ${sentence(random, words)}`;
  return text;
}

function sentence(random: Random, words: Words): string {
  const place = random.chance(0.7) ? ` ${random.pick(words.places)}` : '';
  const time = random.chance(0.5) ? ` ${random.pick(words.times)}` : '';
  const qualifier = random.chance(0.5) ? `${comma(words)} ${random.pick(words.qualifiers)}` : '';
  return clause(random, words, place + time) + qualifier + words.stop;
}

function clause(random: Random, words: Words, adverbials: string): string {
  const subject = random.pick(words.subjects);
  const object = random.pick(words.objects);
  const verb = random.pick(words.verbs);
  return words.order === 'SVO'
    ? `${subject} ${verb} ${object}${adverbials}`
    : `${subject}${adverbials} ${object} ${verb}`;
}

function comma({ language }: Words): string {
  return language === 'en' ? ',' : '،';
}

/** Every space and every blank line ends a word. */
function countWords(text: string): number {
  let count = 1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 32 || (code === 10 && text.charCodeAt(index + 1) === 10)) count++;
  }
  return count;
}
