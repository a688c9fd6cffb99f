import { Parser } from 'htmlparser2';
import { tidyAttributes, tidyText } from './attributes';
import { endsInline, isLeaf, takesTurns, trimBlock, trimLastText } from './block';
import { IMPLIED_CHILD, isCell, type Kind, kindOf, PLACES } from './content-model';
import { Line } from './line';
import { type Attributes, isBlank, type TreeElement } from './tree';
import { BLANK_LINE } from './white-space';

/**
 * The blocks of sanitised HTML: elements that keep to the content model, in the order of the text. Text and
 * inline elements at the top are wrapped in paragraphs, a blank line or two `<br>` begin a new one; wrappers
 * are taken away and their `dir` and `lang` go to the blocks in them; what is empty is left out. Building a
 * tree of the HTML of the result gives the same tree.
 */
export function buildTree(sanitised: string): TreeElement[] {
  const builder = new TreeBuilder(sanitised.length);
  const parser = new Parser(builder, { decodeEntities: true });
  parser.write(sanitised);
  parser.end();
  return builder.blocks();
}

/** Blocks within blocks: deeper ones become boundaries, which leaves room for rows, cells and inline content. */
const MAX_DEPTH = 60;

/** What an open tag of the source came to. */
interface Frame {
  /** The block that it opened, or null. */
  readonly block: TreeElement | null;
  /** For the blocks in it, when it opened none itself. */
  readonly inherited: Attributes | null;
  readonly close: () => void;
}

class TreeBuilder {
  private readonly root: TreeElement = { name: '', attributes: {}, children: [] };
  /** The open blocks, outermost first. */
  private readonly open: TreeElement[] = [this.root];
  private readonly frames: Frame[] = [];
  private readonly line: Line;
  /** The paragraph that text at the top was wrapped in, while it is open. */
  private implied: TreeElement | null = null;
  /** The open player or frame: of what is in it only sources count. */
  private player: TreeElement | null = null;
  private text = '';

  constructor(sourceLength: number) {
    this.line = new Line(sourceLength, () => this.lineParent());
  }

  blocks(): TreeElement[] {
    this.flush();
    this.closeDownTo(1);
    return this.root.children.filter((node) => typeof node !== 'string');
  }

  ontext(text: string): void {
    if (this.player === null) this.text += text;
  }

  onopentag(name: string, attributes: Attributes): void {
    this.flush();
    this.frames.push(this.begin(name, attributes));
  }

  onclosetag(): void {
    this.flush();
    this.frames.pop()?.close();
  }

  private begin(name: string, attributes: Attributes): Frame {
    if (this.player !== null) {
      if (name === 'source') this.addSource(this.player, attributes);
      return frame();
    }
    const kind = kindOf(name);
    switch (kind) {
      case 'inline': {
        const opened = this.line.begin(name, tidyAttributes(name, attributes));
        return frame(() => this.line.end(opened));
      }
      case 'point':
        this.addPoint(name, tidyAttributes(name, attributes));
        return frame();
      case 'boundary':
        return this.boundaryFrame(attributes);
      case 'rule':
        this.closeLeaf();
        this.append({ name, attributes: {}, children: [] });
        return frame();
      case 'media':
        return this.beginPlayer(name, attributes);
      default:
        return this.beginBlock(name, kind, attributes);
    }
  }

  private beginBlock(name: string, kind: 'flow' | 'structure' | 'leaf', attributes: Attributes): Frame {
    if (!this.makeRoomFor(name, kind)) return this.boundaryFrame(attributes);
    const block = this.openBlock(name, { ...this.inherited(), ...tidyAttributes(name, attributes) });
    return { block, inherited: null, close: () => this.close(block) };
  }

  private boundaryFrame(attributes: Attributes): Frame {
    this.boundary();
    const { dir, lang } = tidyAttributes('div', attributes);
    const inherited = { ...(dir === undefined ? {} : { dir }), ...(lang === undefined ? {} : { lang }) };
    return { block: null, inherited, close: () => this.boundary() };
  }

  /** Whether the block may be opened; everything that must be closed for it is closed. */
  private makeRoomFor(name: string, kind: Kind): boolean {
    const place = PLACES[name];
    if (place !== undefined) return this.goTo(place.parents, place.siblings, name);
    const current = this.current();
    if (kind === 'leaf' && name !== 'pre' && isLeaf(current) && !takesTurns(current.name, name)) return false;
    if (kind !== 'leaf' && this.depthOfNext() > MAX_DEPTH) return false;
    this.closeLeaf();
    this.openImplied();
    return true;
  }

  /** How many blocks would be around the next one: without the open leaf, with the children it implies. */
  private depthOfNext(): number {
    let depth = this.open.length - (isLeaf(this.current()) ? 1 : 0);
    let child = IMPLIED_CHILD[this.open[depth - 1]?.name ?? ''];
    for (; child !== undefined; child = IMPLIED_CHILD[child]) depth += 1;
    return depth;
  }

  /** Closes siblings up to a parent of that name; changes nothing if there is none. */
  private goTo(parents: readonly string[], siblings: readonly string[], child: string): boolean {
    let position = this.open.length - 1;
    // A paragraph may stand open in the sibling.
    if (isLeaf(this.current()) && !siblings.includes(this.current().name)) position -= 1;
    while (siblings.includes(this.open[position]?.name ?? '')) position -= 1;
    const parent = this.open[position]?.name ?? '';
    if (!parents.includes(parent)) return false;
    this.closeDownTo(position + 1);
    if (isCell(child) && parent !== 'tr') this.openBlock('tr', {});
    return true;
  }

  private addPoint(name: string, attributes: Attributes): void {
    if (name === 'img') {
      if (attributes.src !== undefined) this.line.add({ name, attributes, children: [] });
    } else if (name === 'br' && this.implied !== null && this.line.endsInBreak()) {
      this.close(this.implied);
    } else if (!this.line.isStart()) {
      this.line.add({ name, attributes: {}, children: [] });
    }
  }

  private beginPlayer(name: string, attributes: Attributes): Frame {
    const player: TreeElement = { name, attributes: tidyAttributes(name, attributes), children: [] };
    this.player = player;
    const close = () => {
      this.player = null;
      if (player.attributes.src === undefined && player.children.length === 0) return;
      this.closeLeaf();
      this.append(player);
    };
    return frame(close);
  }

  private addSource(player: TreeElement, attributes: Attributes): void {
    const tidy = tidyAttributes('source', attributes);
    if (player.name === 'iframe' || tidy.src === undefined) return;
    player.children.push({ name: 'source', attributes: tidy, children: [] });
  }

  /** Text is gathered first, as the parser hands it over in pieces that have no meaning. */
  private flush(): void {
    if (this.text === '') return;
    const text = tidyText(this.text);
    this.text = '';
    if (this.open.length > 1 && this.current() !== this.implied) {
      this.line.addText(text);
      return;
    }
    for (const [position, paragraph] of text.split(BLANK_LINE).entries()) {
      if (position > 0) this.closeLeaf();
      this.line.addText(paragraph);
    }
  }

  /** Where inline content goes now; opens what is needed for it. */
  private lineParent(): TreeElement {
    this.openImplied();
    const current = this.current();
    if (current === this.root) {
      this.implied = this.openBlock('p', this.inherited());
      return this.implied;
    }
    if (!this.line.isStart() || !endsInline(current)) return current;
    // A boundary within the running text of the same element.
    if (isLeaf(current) || current.name === 'figure' || current.name === 'figcaption') {
      current.children.push({ name: 'br', attributes: {}, children: [] });
      return current;
    }
    return this.openBlock('p', this.inherited());
  }

  private openImplied(): void {
    for (let child = this.impliedChild(); child !== undefined; child = this.impliedChild()) {
      this.openBlock(child, {});
    }
  }

  private impliedChild(): string | undefined {
    return IMPLIED_CHILD[this.current().name];
  }

  private append(element: TreeElement): void {
    this.openImplied();
    this.line.break();
    trimLastText(this.current());
    this.current().children.push(element);
  }

  private openBlock(name: string, attributes: Attributes): TreeElement {
    this.line.break();
    trimLastText(this.current());
    const block: TreeElement = { name, attributes, children: [] };
    this.current().children.push(block);
    this.open.push(block);
    this.line.verbatim = name === 'pre';
    return block;
  }

  private boundary(): void {
    if (this.current().name === 'p') this.closeLeaf();
    else this.line.break();
  }

  private closeLeaf(): void {
    this.line.break();
    if (isLeaf(this.current())) this.closeDownTo(this.open.length - 1);
  }

  private close(block: TreeElement): void {
    this.line.break();
    const position = this.open.lastIndexOf(block);
    if (position > 0) this.closeDownTo(position);
  }

  /** Closes blocks until `length` are open, and takes those away that came to nothing. */
  private closeDownTo(length: number): void {
    this.line.break();
    while (this.open.length > length) {
      const block = this.open.pop();
      if (block === undefined) return;
      trimBlock(block);
      if (!isCell(block.name) && isBlank(block)) this.current().children.pop();
      if (block === this.implied) this.implied = null;
    }
    this.line.verbatim = this.current().name === 'pre';
  }

  /** The direction and language of the wrappers between the current block and what is opened in it now. */
  private inherited(): Attributes {
    let inherited: Attributes = {};
    for (let position = this.frames.length - 1; position >= 0; position -= 1) {
      const outer = this.frames[position];
      if (outer === undefined || (outer.block !== null && this.open.includes(outer.block))) break;
      if (outer.inherited !== null) inherited = { ...outer.inherited, ...inherited };
    }
    return inherited;
  }

  private current(): TreeElement {
    return this.open[this.open.length - 1] ?? this.root;
  }
}

function frame(close: () => void = () => {}): Frame {
  return { block: null, inherited: null, close };
}
