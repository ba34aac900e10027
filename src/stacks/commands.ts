/** Complete commands for messages, with the stack's name. */
import { zbl } from "../text/zbl.ts";
import type { StackRequest } from "./context.ts";

/** Command that deploys a stack, or continues an interrupted deploy. */
export function deployCommand(request: Pick<StackRequest, "stack"> & Partial<StackRequest>) {
  return zbl("up", request.stack, ...optionsOf(request));
}

/** Command that destroys a stack, or continues an interrupted destroy. */
export function destroyCommand(request: Pick<StackRequest, "stack"> & Partial<StackRequest>) {
  return zbl("destroy", request.stack, ...optionsOf(request));
}

function optionsOf({ yes = false, rest = [] }: Partial<StackRequest>): string[] {
  return [...(yes ? ["--yes"] : []), ...(rest.length === 0 ? [] : ["--", ...rest])];
}
