/** What happened to each resource, read off the engine's log of events. */
import { readFile } from "node:fs/promises";

interface ResourceState {
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly new: ResourceState | null;
  readonly detailedDiff: Readonly<Record<string, { readonly diffKind: string }>> | null;
}

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly resOutputsEvent?: { readonly metadata: StepMetadata };
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly message: string;
    readonly severity: string;
    readonly ephemeral?: boolean;
  };
}

/** What one run of the CLI did with one command. */
export interface Observed {
  /** Steps in order, for instance `["create-replacement", "replace", "delete-replaced"]`. */
  ops: string[];
  /** Changed places and how, as the provider reported them. */
  diff?: Record<string, string>;
  /** Outputs after the step; secrets as `<secret>`, what is not known yet as `<unknown>`. */
  stdout?: unknown;
  stderr?: unknown;
  /** Lines shown while the command ran, sorted: two streams have no order between them. */
  shown?: string[];
  error?: string;
  /** What the commands themselves wrote down, in order. */
  ran?: string[];
}

/** Observations by the name of the resource. */
export type Observations = Record<string, Observed>;

const COMMAND = "command:local:Command";

/** Reads an event log. Resources of other types are left out. */
export async function readEvents(path: string): Promise<Observations> {
  const observations: Observations = {};
  const of = (urn: string) => {
    const name = urn.split("::").at(-1) ?? "";
    observations[name] ??= { ops: [] };
    return observations[name];
  };
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line.trim() !== "");
  for (const event of lines.map((line): EngineEvent => JSON.parse(line))) {
    const { resourcePreEvent: started, resOutputsEvent: ended, diagnosticEvent: said } = event;
    if (started?.metadata.type === COMMAND) {
      const observed = of(started.metadata.urn);
      observed.ops.push(started.metadata.op);
      const diff = Object.entries(started.metadata.detailedDiff ?? {});
      if (diff.length > 0) {
        observed.diff = Object.fromEntries(diff.map(([path, change]) => [path, change.diffKind]));
      }
    }
    const outputs = ended?.metadata.type === COMMAND ? ended.metadata.new?.outputs : undefined;
    if (ended !== undefined && outputs !== undefined) {
      const observed = of(ended.metadata.urn);
      observed.stdout = plainValue(outputs.stdout);
      observed.stderr = plainValue(outputs.stderr);
    }
    if (said?.urn?.includes(COMMAND) && said.severity === "info" && said.ephemeral) {
      const observed = of(said.urn);
      observed.shown = [...(observed.shown ?? []), said.message.trimEnd()].sort();
    }
    if (said?.urn?.includes(COMMAND) && said.severity === "error") {
      of(said.urn).error = said.message.trimEnd();
    }
  }
  return observations;
}

function plainValue(value: unknown): unknown {
  if (value === undefined || value === "04da6b54-80e4-46f7-96ec-b56ff0331ba9") {
    return "<unknown>";
  }
  return typeof value === "object" && value !== null && "ciphertext" in value ? "<secret>" : value;
}
