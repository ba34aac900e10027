/** A step of a running operation, for a person who waits. */
export interface Progress {
  /** One line, without secrets. */
  readonly message: string;
  /** The service it is about, if it is about one. */
  readonly service?: string;
}

/** Receives the steps of an operation as they happen. */
export type ProgressListener = (progress: Progress) => void;
