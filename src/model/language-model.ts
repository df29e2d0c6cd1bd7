/** Port of a language model. Its text is untrusted. */

export interface Prompt {
  /** Our instructions. */
  readonly instructions: string;
  /** Untrusted text to work on. */
  readonly material: string;
}

export interface LanguageModel {
  /** Name for people, as in `by gpt-4.1-mini`. */
  readonly name: string;
  /**
   * @throws ModelError for any failure of the endpoint, or the signal's reason when aborted
   */
  write(prompt: Prompt, signal: AbortSignal): Promise<string>;
}

/** `down`: no valid response; `refused`: the model refused; `unfit`: the reply is unusable. */
export type ModelFault = 'down' | 'refused' | 'unfit';

export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly fault: ModelFault;
  /** Status of a failed response. */
  readonly status: number | undefined;

  constructor(fault: ModelFault, message: string, options: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.fault = fault;
    this.status = options.status;
  }
}
