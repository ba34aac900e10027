/** Invariants of all cases, whatever their fault. */
export const INVARIANTS = {
  I1: "no secret in arguments, console, exported state, logs or temporary files",
  I2: "the exit code is 0 if and only if the desired state is reached",
  I3: "after the stated recovery `up` succeeds, and a second `up` changes nothing",
  I4: "no process, container, network, lock or temporary file is left",
  I5: "data volumes are intact",
  I6: "no operation takes longer than stated",
  I7: "an error is 8 KiB at most and names cause, service and next step",
  I8: "the state of Pulumi is valid, and nothing is pending after recovery",
} as const;

/** An invariant of {@link INVARIANTS}. */
export type InvariantId = keyof typeof INVARIANTS;

/** A violated invariant. */
export interface Violation {
  readonly invariant: InvariantId;
  readonly reason: string;
}

/** Creates violations of one invariant for these reasons. */
export function violations(invariant: InvariantId, reasons: readonly string[]): Violation[] {
  return reasons.map((reason) => ({ invariant, reason }));
}
