import { GraphQLError } from 'graphql';

/** Facts for machines, with a code among them. Never anything private. */
export type RefusedFacts = Readonly<Record<string, string | number>> & { readonly code: string };

/** An operation is not run, for what it is: answered with status 400. */
export class Refused extends GraphQLError {
  constructor(
    message: string,
    readonly facts: RefusedFacts,
  ) {
    // Apollo Server takes what plugins throw for a fault of the server, unless it is told a status.
    super(message, { extensions: { code: facts.code, http: { status: 400 } } });
  }

  /** The same for another request: what is known of an error is kept by its identity. */
  again(): Refused {
    return new Refused(this.message, this.facts);
  }
}
