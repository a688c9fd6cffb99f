import 'reflect-metadata';
import { type ClassType, Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { StoredBlock } from '../database';
import type { BlockType } from './blocks';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  paragraph: 'ParagraphBlock',
  heading: 'HeadingBlock',
  list: 'ListBlock',
  quote: 'QuoteBlock',
  image: 'ImageBlock',
  gallery: 'GalleryBlock',
  video: 'VideoBlock',
  audio: 'AudioBlock',
  embed: 'EmbedBlock',
  table: 'TableBlock',
  code: 'CodeBlock',
  divider: 'DividerBlock',
  html: 'HtmlBlock',
} satisfies Record<BlockType, string>;

/** The stored block with the name of its GraphQL type. */
export function blockOf(block: StoredBlock): StoredBlock & { readonly __typename: string } {
  return { ...block, __typename: TYPE_NAMES[block.type] ?? 'HtmlBlock' };
}

@InterfaceType({
  description: 'A part of a body, in reading order. The html of all blocks together is the body.',
})
export abstract class Block {
  @Field(() => String, { description: 'Sanitised.' })
  html!: string;
}

const BLOCK = { implements: Block, simpleResolvers: true };

@ObjectType(BLOCK)
class ParagraphBlock extends Block {}

@ObjectType(BLOCK)
class HeadingBlock extends Block {
  @Field(() => Int, { description: 'From 1 to 6.' })
  level!: number;
}

@ObjectType(BLOCK)
class ListBlock extends Block {
  @Field(() => Boolean)
  ordered!: boolean;

  @Field(() => [String], { description: 'The inner HTML of every item; a nested list is part of its item.' })
  items!: string[];
}

@ObjectType(BLOCK)
class QuoteBlock extends Block {
  @Field(() => String, { nullable: true })
  citation!: string | null;
}

@ObjectType({ description: 'An image in a body.', simpleResolvers: true })
class BodyImage {
  @Field(() => String, { description: 'As the newsroom wrote it; it may be relative to the site.' })
  url!: string;

  @Field(() => Int, { nullable: true })
  width!: number | null;

  @Field(() => Int, { nullable: true })
  height!: number | null;

  @Field(() => String, { nullable: true })
  alt!: string | null;

  @Field(() => String, { nullable: true })
  caption!: string | null;
}

@ObjectType(BLOCK)
class ImageBlock extends Block {
  @Field(() => String, { description: 'As the newsroom wrote it; it may be relative to the site.' })
  url!: string;

  @Field(() => Int, { nullable: true })
  width!: number | null;

  @Field(() => Int, { nullable: true })
  height!: number | null;

  @Field(() => String, { nullable: true })
  alt!: string | null;

  @Field(() => String, { nullable: true })
  caption!: string | null;
}

@ObjectType(BLOCK)
class GalleryBlock extends Block {
  @Field(() => [BodyImage])
  images!: BodyImage[];

  @Field(() => String, { nullable: true })
  caption!: string | null;
}

@ObjectType(BLOCK)
class VideoBlock extends Block {
  @Field(() => String)
  url!: string;

  @Field(() => String, { nullable: true, description: 'The URL of a still picture.' })
  poster!: string | null;

  @Field(() => String, { nullable: true })
  caption!: string | null;
}

@ObjectType(BLOCK)
class AudioBlock extends Block {
  @Field(() => String)
  url!: string;

  @Field(() => String, { nullable: true })
  caption!: string | null;
}

@ObjectType(BLOCK)
class EmbedBlock extends Block {
  @Field(() => String)
  url!: string;

  @Field(() => String, { description: 'E.g. "youtube"; the host name where it is not a well known one.' })
  provider!: string;

  @Field(() => String, { nullable: true })
  caption!: string | null;
}

@ObjectType(BLOCK)
class TableBlock extends Block {
  @Field(() => [[String]], { description: 'The inner HTML of the cells, row by row.' })
  rows!: string[][];

  @Field(() => Int, { description: 'How many of the first rows are headings.' })
  headerRows!: number;

  @Field(() => String, { nullable: true })
  caption!: string | null;
}

@ObjectType(BLOCK)
class CodeBlock extends Block {
  @Field(() => String)
  text!: string;

  @Field(() => String, { nullable: true })
  language!: string | null;
}

@ObjectType(BLOCK)
class DividerBlock extends Block {}

@ObjectType({ ...BLOCK, description: 'Whatever has no block of its own.' })
class HtmlBlock extends Block {}

/** The types behind the interface: nothing else refers to them, so the schema has to be told. */
export const BLOCK_TYPES: readonly ClassType<object>[] = [
  ParagraphBlock,
  HeadingBlock,
  ListBlock,
  QuoteBlock,
  ImageBlock,
  GalleryBlock,
  VideoBlock,
  AudioBlock,
  EmbedBlock,
  TableBlock,
  CodeBlock,
  DividerBlock,
  HtmlBlock,
];
