import type { Observed } from "../events.ts";
import type { ProgramCommand } from "../life.ts";

/** What a command printed and wrote down. */
interface Trace {
  /** Defaults to nothing. */
  readonly stdout?: string;
  /** Defaults to nothing. */
  readonly stderr?: string;
  /** Lines shown meanwhile. Defaults to all lines of both streams. */
  readonly shown?: readonly string[];
  /** What the command wrote down. Defaults to nothing. */
  readonly ran?: readonly string[];
}

/** How a change comes about. */
interface Change extends Trace {
  /** Defaults to an update; `none` is no change at all, `delete` a command that is gone. */
  readonly by?: keyof typeof STEPS;
  /** Changed places, as the provider reports them. */
  readonly diff?: Readonly<Record<string, string>>;
  /** Outputs in the preview. Default to unknown where something changes. */
  readonly preview?: { readonly stdout: string; readonly stderr: string };
}

/** A command, what it becomes, and what is to be seen of it. */
export interface LifeCase extends ProgramCommand {
  /** The rule that the case shows. */
  readonly rule: string;
  /** Arguments that the second update changes (`undefined` drops one); `gone` drops the command. */
  readonly next?: Readonly<Record<string, unknown>> | "gone";
  readonly created: Trace;
  readonly changed: Change;
  /** What `delete` wrote down at the end. Defaults to nothing. */
  readonly deleted?: readonly string[];
}

const STEPS = {
  update: ["update"],
  none: ["same"],
  delete: ["delete"],
  replace: ["create-replacement", "replace", "delete-replaced"],
  "delete first": ["delete-replaced", "replace", "create-replacement"],
};

const UNKNOWN = { stdout: "<unknown>", stderr: "<unknown>" };

/** What is to be seen in each phase of a case. */
export function expectations(test: LifeCase): Readonly<Record<string, Observed | undefined>> {
  const { created, changed, deleted } = test;
  const { by = "update", diff } = changed;
  const before = { stdout: created.stdout ?? "", stderr: created.stderr ?? "" };
  const after = by === "none" ? before : changed;
  const step = { ops: STEPS[by], ...(diff && { diff: { ...diff } }) };
  const hidden = created.stdout === "<secret>" ? { ...UNKNOWN, stdout: "<secret>" } : UNKNOWN;
  const preview = changed.preview ?? (by === "none" ? before : hidden);
  const gone = { ops: ["delete"] };
  return {
    "preview of creation": { ops: ["create"], ...hidden },
    creation: { ops: ["create"], ...seen(created) },
    "preview of change": by === "delete" ? gone : { ...step, ...preview },
    change:
      by === "delete"
        ? { ...gone, ...ran(changed.ran) }
        : { ...step, ...(by === "none" ? before : seen(changed)) },
    "preview without change": by === "delete" ? undefined : { ops: ["same"], ...outputs(after) },
    refresh: by === "delete" ? undefined : { ops: ["refresh"], ...outputs(after) },
    deletion: by === "delete" ? undefined : { ops: ["delete"], ...ran(deleted) },
  };
}

function seen(trace: Trace): Omit<Observed, "ops"> {
  const { stdout, stderr } = outputs(trace);
  const lines = [stdout, stderr].filter((text) => text !== "").flatMap((text) => text.split("\n"));
  const shown = [...(trace.shown ?? lines)].sort();
  return { stdout, stderr, ...(shown.length > 0 && { shown }), ...ran(trace.ran) };
}

function outputs({ stdout = "", stderr = "" }: Trace): { stdout: string; stderr: string } {
  return { stdout, stderr };
}

function ran(lines: readonly string[] | undefined): { ran?: string[] } {
  return lines === undefined ? {} : { ran: [...lines] };
}
