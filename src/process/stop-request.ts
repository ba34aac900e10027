/** Reason of a signal that fires because a person or the system asked this process to end. */
export class StopRequest extends Error {
  override readonly name = "AbortError";
  readonly signalName: NodeJS.Signals;

  constructor(signalName: NodeJS.Signals) {
    super(`stopped by ${signalName}`);
    this.signalName = signalName;
  }
}

/** Names the cause of a stop for a person: `Ctrl-C`, or the name of another signal. */
export function stopCause({ reason }: AbortSignal): string {
  const name = reason instanceof StopRequest ? reason.signalName : "SIGINT";
  return name === "SIGINT" ? "Ctrl-C" : name;
}
