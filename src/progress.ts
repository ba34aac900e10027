/** A step of a running operation. */
export interface Progress {
  /** One line, without secrets. */
  readonly message: string;
  /** The service that the step is about, if any. */
  readonly service?: string;
  /** Whether the message warns of a setting. Defaults to false. */
  readonly isWarning?: boolean;
}

/** Receives the steps of an operation as they happen. */
export type ProgressListener = (progress: Progress) => void;
