/** What Fastify refuses in a body, or may be made to: it shall have a look. */
const SUSPICIOUS = /\\u|__proto__|"constructor"/;

/** What was posted. It is read as JSON when somebody first asks what it says, and once. */
export class PostedBody {
  private isRead = false;
  private read: unknown;

  constructor(readonly bytes: Buffer) {}

  /** Undefined for what Fastify shall look at. */
  get content(): unknown {
    if (!this.isRead) {
      this.read = contentOf(this.bytes.toString());
      this.isRead = true;
    }
    return this.read;
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
