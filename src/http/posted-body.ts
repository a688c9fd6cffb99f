import type { BodyForms } from './body-forms';

/** What Fastify refuses in a body, or may be made to: it shall have a look. */
const SUSPICIOUS = /\\u|__proto__|"constructor"/;

/** What was posted. It is read as JSON when somebody first asks what it says, and once. */
export class PostedBody {
  private isRead = false;
  private read: unknown;

  /** @param forms of bodies that came before */
  constructor(
    readonly bytes: Buffer,
    private readonly forms: BodyForms,
  ) {}

  /** Undefined for what Fastify shall look at. */
  get content(): unknown {
    if (!this.isRead) {
      this.read = this.forms.read(this.bytes, contentOf) ?? this.readWhole();
      this.isRead = true;
    }
    return this.read;
  }

  private readWhole(): unknown {
    const content = contentOf(this.bytes.toString());
    this.forms.learn(this.bytes, content, contentOf);
    return content;
  }
}

function contentOf(text: string): unknown {
  if (SUSPICIOUS.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
