/** What `ansible-playbook` prints, with its usual callback, read as a person reads it. */
import { z } from "zod";
import { tryJson } from "../../src/text/json.ts";

/** What a task that failed returned, as far as it tells why. */
const failedSchema = z.looseObject({ stderr: z.string().optional() });

const actionsSchema = z.array(z.object({ what: z.string(), id: z.string(), status: z.string() }));

/**
 * The error: Ansible's own message, and what docker wrote. The line `fatal:` also holds every container
 * and image of the project, and docker's lines a second time; that is no part of the error.
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
 * What a play says that it changed; undefined when it did not come to its end. A one-shot that is
 * started once more is no change: it may run again.
 *
 * @param oneShots names of containers that run once
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
