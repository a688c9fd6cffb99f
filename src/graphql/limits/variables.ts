import { LimitExceeded } from './limit-exceeded';

/** How much the variables of one operation may hold together. Their bytes are bounded by those of a request. */
export interface VariableLimits {
  /** Texts, numbers, lists, objects and whatever else there is, inside of each other too. */
  readonly values: number;
  /** Lists and objects inside each other. */
  readonly depth: number;
}

/** Before anything looks at them that goes as deep as they do. @throws LimitExceeded */
export function limitVariables(variables: Readonly<Record<string, unknown>>, limits: VariableLimits): void {
  const { values, depth } = limits;
  let left = values;
  let level: unknown[] = Object.values(variables);
  for (let nesting = 0; level.length > 0; nesting++) {
    if (nesting > depth) {
      throw new LimitExceeded('variableDepth', depth, `Variables may be nested at most ${depth} deep.`);
    }
    const below: unknown[] = [];
    for (const value of level) {
      if (left-- === 0) {
        throw new LimitExceeded(
          'variableValues',
          values,
          `Variables may hold at most ${values} values together.`,
        );
      }
      if (typeof value !== 'object' || value === null) continue;
      for (const each of Array.isArray(value) ? value : Object.values(value)) below.push(each);
    }
    level = below;
  }
}
