export interface EvaluationOptions {
  /** The folder of texts that no package has; from where the command is called, unless it is absolute. */
  readonly data: string;
  /** What is drawn by lot is the same for the same seed. */
  readonly seed: number;
  readonly print: (line: string) => void;
}

/** @throws Error when it cannot be made at all */
export type Evaluation = (options: EvaluationOptions) => Promise<void>;
