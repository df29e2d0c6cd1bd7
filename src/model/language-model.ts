/** What a language model is to the rest of the program: something that writes when it is asked, and whose text is trusted by nobody. */

export interface Prompt {
  /** What to do; ours. */
  readonly instructions: string;
  /** What to do it with; written by strangers. */
  readonly material: string;
}

export interface LanguageModel {
  /** As people see it: `by gpt-4.1-mini`. */
  readonly name: string;
  /**
   * @throws ModelError for all that an endpoint can do wrong, the signal's reason when nobody waits any more
   */
  write(prompt: Prompt, signal: AbortSignal): Promise<string>;
}

/** `down`: no answer that means anything; `refused`: the model would not; `unfit`: what it wrote cannot be used. */
export type ModelFault = 'down' | 'refused' | 'unfit';

export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly fault: ModelFault;
  /** Of the server's answer, where it was one of failure. */
  readonly status: number | undefined;

  constructor(fault: ModelFault, message: string, options: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.fault = fault;
    this.status = options.status;
  }
}
