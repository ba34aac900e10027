import { z } from "zod";
import { DeployError } from "../errors.ts";
import { secretValues } from "../lago/secret-settings.ts";
import { variablesOf } from "../text/variables.ts";

const probeSchema = z.looseObject({
  ExitCode: z.number().default(0),
  Output: z.string().default(""),
});

const schema = z.array(
  z.looseObject({
    Id: z.string(),
    Image: z.string().default(""),
    Config: z.looseObject({ Env: z.array(z.string()).nullish() }).nullish(),
    RestartCount: z.number().default(0),
    State: z.looseObject({
      StartedAt: z.string().default(""),
      Health: z.looseObject({ Log: z.array(probeSchema).nullish() }).nullish(),
    }),
    HostConfig: z.looseObject({
      RestartPolicy: z.looseObject({ Name: z.string().default("") }).nullish(),
    }),
  }),
);

/** A container as `docker inspect` has it. */
export interface RawContainer extends InspectedContainer {
  /** Secrets in the container's environment, to hide in its outputs. */
  readonly secrets: readonly string[];
}

/** Details of a container that `docker inspect` has and `docker compose ps` lacks. */
export interface InspectedContainer {
  readonly id: string;
  /**
   * Id of the image that the container runs, `sha256:` and 64 digits. The image's name may mean
   * another image by now.
   */
  readonly imageId: string;
  /** Number of times that the engine restarted the container because it ended. */
  readonly restartCount: number;
  /** Time of the last start, by the engine's clock. Never compared with this machine's clock. */
  readonly startedAt: string;
  /** Whether the engine restarts the container when it ends. */
  readonly restarts: boolean;
  /** Output of the last failed health check; empty where there was none. */
  readonly healthOutput: string;
}

/**
 * Reads inspected containers.
 *
 * @throws DeployError of kind `ParseError`
 */
export function parseInspect(inspected: readonly unknown[]): RawContainer[] {
  const parsed = schema.safeParse(inspected);
  if (!parsed.success) {
    throw new DeployError(
      "ParseError",
      "The Docker engine's answer about a container is not of the expected form. Run `z-billing-lago doctor` to see whether this Docker version is supported.",
      { cause: parsed.error },
    );
  }
  return parsed.data.map((container) => ({
    id: container.Id,
    imageId: container.Image,
    restartCount: container.RestartCount,
    startedAt: container.State.StartedAt,
    restarts: !["", "no"].includes(container.HostConfig.RestartPolicy?.Name ?? ""),
    healthOutput: failedOutput(container.State.Health?.Log ?? []),
    secrets: secretValues(variablesOf(container.Config?.Env ?? [])),
  }));
}

/** Bytes of a health check's output that the engine keeps (moby, daemon/health.go). */
const MAX_PROBE_BYTES = 4096;

function failedOutput(probes: readonly z.infer<typeof probeSchema>[]): string {
  const output = probes.findLast(({ ExitCode }) => ExitCode !== 0)?.Output ?? "";
  // A line that was cut off may end in half a secret, which no redactor would recognize.
  return Buffer.byteLength(output) < MAX_PROBE_BYTES
    ? output
    : output.slice(0, output.lastIndexOf("\n") + 1);
}
