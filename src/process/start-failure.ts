import { statSync } from "node:fs";
import { ProcessFailure } from "./failure.ts";
import type { StartOptions } from "./start.ts";

/** A missing folder makes the system report the program as missing; this says which it was. */
export function startFailure(
  program: string,
  { cwd }: StartOptions,
  cause: unknown,
): ProcessFailure {
  const fail = (kind: "not-found" | "spawn-failed", message: string) =>
    new ProcessFailure(kind, program, message, { cause });
  if (cwd !== undefined && !isDirectory(cwd)) {
    return fail("spawn-failed", `${program} was not started: the folder ${cwd} does not exist`);
  }
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (code === "ERR_INVALID_ARG_VALUE") {
    // Node's own message, the cause, quotes the value, which may be a secret.
    const message = `${program} was not started: an argument or variable holds a NUL character`;
    return new ProcessFailure("spawn-failed", program, message);
  }
  if (code === "ENOENT") {
    return fail("not-found", `${program} was not found on the PATH`);
  }
  return fail("spawn-failed", `${program} could not be started${code ? ` (${code})` : ""}`);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
