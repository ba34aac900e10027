/** Permission for a change that leaves a deployment behind. */
import { zbl } from "../../text/zbl.ts";

/** Permission as a stack gives it. */
export interface Permission {
  /** Name of what may be left behind; undefined where nothing may be. */
  readonly allowed: string | undefined;
  /** The stack whose config has the settings; undefined for settings from elsewhere. */
  readonly stack: string | undefined;
}

/**
 * Formats the step that gives a permission, and the deploy that follows.
 *
 * @param setting name of the setting
 * @param value name of what may be left behind
 */
export function allowStep(setting: string, value: string, stack: string | undefined): string {
  return stack === undefined
    ? `allow it (${setting} "${value}") and deploy`
    : `allow it (\`${zbl("set", stack, setting, value)}\`) and run \`${zbl("up", stack)}\``;
}
