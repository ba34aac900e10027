/** A context of the scripts, whose report is kept. */
import { createContext, type SetupContext } from "../../setup/context.ts";
import { createReport } from "../../setup/report.ts";

/** The context, and what was reported so far. */
export function listeningContext(): { context: SetupContext; said: () => string } {
  const said: string[] = [];
  const report = createReport((text) => said.push(text));
  const context = { ...createContext(new AbortController().signal), report };
  return { context, said: () => said.join("") };
}
