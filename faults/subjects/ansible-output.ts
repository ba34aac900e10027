/** Parses the output of `ansible-playbook` with its default callback, as a person would read it. */
import { z } from "zod";
import { tryJson } from "../../src/text/json.ts";

/** Fields of a failed task's result with its reason. */
const failedSchema = z.looseObject({ stderr: z.string().optional() });

const actionsSchema = z.array(z.object({ what: z.string(), id: z.string(), status: z.string() }));

/**
 * Returns the error: Ansible's own message, and docker's output. The line `fatal:` also holds every
 * container and image of the project, and docker's lines a second time, which are not part of the
 * error.
 */
export function errorIn(output: string): string {
  const start = output.search(/^(\[ERROR\]|fatal): /m);
  if (start === -1) {
    return output;
  }
  const [section = ""] = output.slice(start).split(/^PLAY RECAP /m);
  return section.trimEnd().replace(/^fatal: .*? => (\{.*\})$/gm, (line, json: string) => {
    const stderr = failedSchema.safeParse(tryJson(json)).data?.stderr;
    return stderr === undefined || stderr === "" ? line : stderr;
  });
}

/**
 * Lists the changes that a play reports; undefined when it did not finish. Starting a one-shot
 * again is no change.
 *
 * @param oneShots names of one-shot containers
 */
export function changesIn(stdout: string, oneShots: readonly string[]): string[] | undefined {
  const changed = /^PLAY RECAP [\s\S]*?^localhost .*\bchanged=(\d+)/m.exec(stdout)?.[1];
  if (changed === undefined || changed === "0") {
    return changed === undefined ? undefined : [];
  }
  const list = /^ {4}"output\.actions": (\[[\s\S]*?^ {4}\])$/m.exec(stdout)?.[1];
  const actions = actionsSchema.safeParse(list === undefined ? undefined : tryJson(list)).data;
  return actions === undefined
    ? [`changed=${changed}`]
    : actions
        .filter(({ id, status }) => status !== "Starting" || !oneShots.includes(id))
        .map(({ what, id, status }) => `${what} ${id} ${status}`);
}
