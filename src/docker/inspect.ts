import { z } from "zod";
import { DeployError } from "../errors.ts";
import { secretValues } from "../lago/secret-settings.ts";
import { variablesOf } from "../text/variables.ts";
import { SERVICE_LABEL } from "./labels.ts";
import { distinctPorts, type PsContainer } from "./listed-container.ts";

const probeSchema = z.looseObject({
  ExitCode: z.number().default(0),
  Output: z.string().default(""),
});

const portsSchema = z
  .record(
    z.string(),
    z
      .array(z.looseObject({ HostIp: z.string().default(""), HostPort: z.string().default("") }))
      .nullable(),
  )
  .nullish();

const schema = z.array(
  z.looseObject({
    Id: z.string(),
    Name: z.string().default(""),
    Image: z.string().default(""),
    Config: z
      .looseObject({
        Image: z.string().default(""),
        Env: z.array(z.string()).nullish(),
        Labels: z.record(z.string(), z.string()).nullish(),
      })
      .nullish(),
    RestartCount: z.number().default(0),
    State: z.looseObject({
      Status: z.string().default(""),
      ExitCode: z.number().default(0),
      StartedAt: z.string().default(""),
      Health: z
        .looseObject({ Status: z.string().default(""), Log: z.array(probeSchema).nullish() })
        .nullish(),
    }),
    HostConfig: z.looseObject({
      RestartPolicy: z.looseObject({ Name: z.string().default("") }).nullish(),
    }),
    NetworkSettings: z.looseObject({ Ports: portsSchema }).nullish(),
  }),
);

type Inspected = z.output<typeof schema>[number];

/** A container as `docker inspect` has it. */
export interface RawContainer extends InspectedContainer {
  /** Secrets in the container's environment, to hide in its outputs. */
  readonly secrets: readonly string[];
}

/** A container with details that `docker inspect` has and `docker compose ps` lacks. */
export interface InspectedContainer extends PsContainer {
  /**
   * Id of the image that the container runs, `sha256:` and 64 digits. The image's name may mean
   * another image by now.
   */
  readonly imageId: string;
  /** Number of times that the engine restarted the container because it ended. */
  readonly restartCount: number;
  /** Exit code of the last run; 0 before the first one has ended. */
  readonly lastExitCode: number;
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
    ...listed(container),
    imageId: container.Image,
    restartCount: container.RestartCount,
    lastExitCode: container.State.ExitCode,
    startedAt: container.State.StartedAt,
    restarts: !["", "no"].includes(container.HostConfig.RestartPolicy?.Name ?? ""),
    healthOutput: failedOutput(container.State.Health?.Log ?? []),
    secrets: secretValues(variablesOf(container.Config?.Env ?? [])),
  }));
}

/** Reads the part that `docker compose ps` has too, as compose does (pkg/compose/ps.go). */
function listed({ Id, Name, State, Config, NetworkSettings }: Inspected): PsContainer {
  const labels = Config?.Labels ?? {};
  return {
    id: Id,
    name: Name.replace(/^\//, ""),
    service: labels[SERVICE_LABEL] ?? "",
    state: State.Status,
    health: State.Status === "running" ? (State.Health?.Status ?? "") : "",
    exitCode: ["exited", "dead"].includes(State.Status) ? State.ExitCode : 0,
    image: Config?.Image ?? "",
    labels,
    ports: distinctPorts(
      Object.entries(NetworkSettings?.Ports ?? {}).flatMap(([target, published]) => {
        const [port, protocol = "tcp"] = target.split("/");
        return (published ?? []).map(({ HostIp, HostPort }) => ({
          address: HostIp,
          hostPort: Number(HostPort),
          containerPort: Number(port),
          protocol,
        }));
      }),
    ),
  };
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
