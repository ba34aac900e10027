/** The outside of a compose project's containers, for a comparison of two that should be alike. */
import { docker } from "../../../../testing/docker.ts";

/** One container, without names, ids and times. */
export interface Standing {
  readonly state: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Published ports, `HOST PORT->CONTAINER PORT`, and the addresses apart. */
  readonly ports: readonly string[];
  readonly networkMode: string;
  readonly memory: number;
  readonly mounts: readonly string[];
}

interface Container {
  readonly Config: { Env: string[]; Image: string; Labels: Record<string, string> };
  readonly State: { Status: string; ExitCode: number; Health?: { Status: string } };
  readonly HostConfig: {
    readonly NetworkMode: string;
    readonly Memory: number;
    readonly PortBindings: Record<string, { HostPort: string }[]> | null;
  };
  readonly Mounts: readonly { readonly Destination: string }[];
}

/** Looks at all containers of a project, by service. Of a service with several, in any order. */
export async function standingsOf(project: string): Promise<Map<string, Standing[]>> {
  const filter = `label=com.docker.compose.project=${project}`;
  const ids = (await docker("container", "ls", "--all", "--quiet", "--filter", filter))
    .split("\n")
    .filter(Boolean);
  const containers =
    ids.length === 0
      ? []
      : (JSON.parse(await docker("container", "inspect", ...ids)) as Container[]);
  const standings = new Map<string, Standing[]>();
  for (const one of containers) {
    const service = one.Config.Labels["com.docker.compose.service"] ?? "";
    standings.set(service, [...(standings.get(service) ?? []), standingOf(one)]);
  }
  return standings;
}

function standingOf({ Config, State, HostConfig, Mounts }: Container): Standing {
  const { Status, ExitCode, Health } = State;
  const bindings = Object.entries(HostConfig.PortBindings ?? {});
  const { NetworkMode } = HostConfig;
  return {
    state: [Status, Health?.Status ?? ExitCode].join(" "),
    image: Config.Image,
    environment: Object.fromEntries(
      Config.Env.map((line) => {
        const equals = line.indexOf("=");
        return [line.slice(0, equals), line.slice(equals + 1)];
      }),
    ),
    ports: bindings
      .flatMap(([inside, all]) => all.map(({ HostPort }) => `${HostPort}->${inside}`))
      .sort(),
    // The names of networks and containers differ between two projects.
    networkMode:
      NetworkMode.split(":")[0] === "container"
        ? "container"
        : NetworkMode === "host"
          ? "host"
          : "own",
    memory: HostConfig.Memory,
    mounts: Mounts.map(({ Destination }) => Destination).sort(),
  };
}
