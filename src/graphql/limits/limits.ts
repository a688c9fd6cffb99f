import type { ApolloServerPlugin, GraphQLRequest, HTTPGraphQLRequest } from '@apollo/server';
import {
  type DocumentNode,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { type Actor, ANONYMOUS } from '../../core/actor';
import type { OperationFacts } from '../../core/signals';
import { type Coerced, type Cost, compileCost, type FieldCosts } from './cost';
import type { DocumentLimits } from './document-limits';
import { Documents } from './documents';
import { LimitExceeded } from './limit-exceeded';
import { fragmentsOf } from './shape';
import { limitVariables, type VariableLimits } from './variables';

/** What one operation may cost, by who asks. */
export interface Budgets {
  readonly anonymous: number;
  readonly reader: number;
  readonly partner: number;
  readonly newsroom: number;
}

export interface LimitSettings {
  readonly document: DocumentLimits;
  readonly variables: VariableLimits;
  readonly cost: Budgets;
}

export interface LimitParts {
  readonly settings: LimitSettings;
  /** What single fields cost. */
  readonly costs?: FieldCosts;
  /** @throws Refused for the hash of a document that is not to be answered */
  readonly admitHash?: (hash: string) => void;
  /** Told of each operation that comes through Apollo Server and is within its limits. */
  readonly onAdmitted?: (request: GraphQLRequest, facts: OperationFacts) => void;
}

/** Beyond this a number says no more than that it is too large. */
const MOST = Number.MAX_SAFE_INTEGER;

/** Holds every operation to what it may ask for, by whatever way it comes. Two parts: a document's own, and its variables'. */
export class Limits {
  private readonly documents: Documents;
  private readonly costs = new WeakMap<OperationDefinitionNode, Cost>();
  /** Not out of the context: to look at its actor there makes an answer one for that actor alone. */
  private readonly askers = new WeakMap<HTTPGraphQLRequest, Actor>();

  constructor(private readonly parts: LimitParts) {
    this.documents = new Documents(parts.settings.document, parts.admitHash);
  }

  /** For Apollo Server. */
  get documentStore(): Documents['store'] {
    return this.documents.store;
  }

  /** For Apollo Server, which it makes refuse operations, and tell their cost to who sends the extension `cost: true`. */
  readonly plugin: ApolloServerPlugin = {
    requestDidStart: async () => ({
      didResolveSource: async ({ source, queryHash }) => this.documents.look(source, queryHash),
      didResolveOperation: async ({ schema, document, operation, request, queryHash }) => {
        this.documents.admit(document);
        if (!operation) return;
        const variables = request.variables ?? {};
        limitVariables(variables, this.parts.settings.variables);
        const cost = this.costOf(schema, document, operation, request);
        const limit = this.budgetOf(this.askerOf(request));
        if (cost !== null && cost > limit) throw tooCostly(limit, cost);
        this.parts.onAdmitted?.(request, { document: queryHash, cost });
      },
      willSendResponse: async ({ schema, document, operation, request, response }) => {
        if (request.extensions?.cost !== true || !document || !operation) return;
        const cost = this.costOf(schema, document, operation, request);
        if (cost === null || response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        const limit = this.budgetOf(this.askerOf(request));
        const told = { cost: Math.min(cost, MOST), limit, remaining: Math.max(0, limit - cost) };
        singleResult.extensions = { ...singleResult.extensions, cost: told };
      },
    }),
  };

  /**
   * What an operation that was let through costs with these variables, as graphql-js has made them; null where nobody has
   * reckoned.
   */
  knownCost(operation: OperationDefinitionNode, coerced: Coerced): number | null {
    return this.costs.get(operation)?.(coerced) ?? null;
  }

  /** To be told of a request before Apollo is: who asks. */
  note(request: HTTPGraphQLRequest, actor: Actor): void {
    this.askers.set(request, actor);
  }

  /**
   * Whether an operation that has been through Apollo Server before is within the limits that depend on its variables:
   * `coerced` is what graphql-js has made of them.
   */
  admits(operation: OperationDefinitionNode, variables: Coerced, coerced: Coerced, actor: Actor): boolean {
    const cost = this.costs.get(operation);
    if (cost === undefined || cost(coerced) > this.budgetOf(actor)) return false;
    try {
      limitVariables(variables, this.parts.settings.variables);
      return true;
    } catch {
      return false;
    }
  }

  /** Null where the variables are not what the operation takes: then it is not run. */
  private costOf(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    { variables = {} }: GraphQLRequest,
  ): number | null {
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    if (coerced === undefined) return null;
    let cost = this.costs.get(operation);
    if (cost === undefined) {
      cost = compileCost(schema, operation, fragmentsOf(document), this.parts.costs ?? {});
      this.costs.set(operation, cost);
    }
    return cost(coerced);
  }

  private askerOf({ http }: GraphQLRequest): Actor {
    return (http && this.askers.get(http)) ?? ANONYMOUS;
  }

  private budgetOf({ kind }: Actor): number {
    const { cost } = this.parts.settings;
    switch (kind) {
      case 'ANONYMOUS':
        return cost.anonymous;
      case 'READER':
        return cost.reader;
      case 'PARTNER':
        return cost.partner;
      default:
        return cost.newsroom;
    }
  }
}

function tooCostly(limit: number, cost: number): LimitExceeded {
  const message = `This operation may cost ${limit} at most. Ask for smaller pages, or for less in each of them.`;
  return new LimitExceeded('cost', limit, message, Math.min(cost, MOST));
}
