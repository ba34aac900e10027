/** Turns what a script prints for the docker CLI into what the engine's HTTP API answers. */

const PROJECT_LABEL = "com.docker.compose.project";
const VOLUME_LABEL = "com.docker.compose.volume";
const CONFIG_HASH_LABEL = "com.docker.compose.config-hash";
const KEYS_LABEL = "z-billing-lago.keys";

type Labels = Record<string, string>;

/** The compose project that filters of a request name. */
export function projectIn(
  filters: Readonly<Record<string, readonly string[]>>,
): string | undefined {
  const label = filters.label?.find((one) => one.startsWith(`${PROJECT_LABEL}=`));
  return label?.slice(PROJECT_LABEL.length + 1);
}

/**
 * Containers of `docker container ls`: one JSON object a line, or an id, or an id with state and name
 * between tabs. Each gets the label of the project that was asked for.
 */
export function containersIn(text: string, project: string | undefined) {
  return linesOf(text).map((line) => {
    const own: Labels = project === undefined ? {} : { [PROJECT_LABEL]: project };
    if (!line.startsWith("{")) {
      const [Id = "", State = "", name = ""] = line.split("\t");
      return { Id, State, Names: [`/${name}`], Labels: own };
    }
    const { ID, Names, Labels, Ports, State, Mounts, Image, Command } = JSON.parse(line);
    return {
      Id: ID as string,
      ...(Image === undefined ? {} : { Image, Command }),
      State: (State as string | undefined) ?? "",
      Names: [`/${Names}`],
      Labels: { ...own, ...labelsIn(Labels) },
      Ports: typeof Ports === "string" ? portsIn(Ports) : Ports,
      Mounts,
    };
  });
}

/** Whether a request is for the containers that compose made, which a script tells by `ps`. */
export function isOfCompose(filters: Readonly<Record<string, readonly string[]>>): boolean {
  return filters.label?.includes(CONFIG_HASH_LABEL) === true;
}

/** A container in what a script answers to `docker compose ps`. */
export interface PsLine {
  readonly ID: string;
  readonly Name: string;
  readonly Service: string;
  readonly State: string;
  readonly Health: string;
  readonly ExitCode: number;
  readonly Image: string;
  readonly Labels?: string;
  readonly Publishers?: readonly {
    readonly URL: string;
    readonly TargetPort: number;
    readonly PublishedPort: number;
    readonly Protocol?: string;
  }[];
}

/** Containers of `docker compose ps`: a JSON array, or an object a line. */
export function psLinesIn(text: string): PsLine[] {
  return text.trimStart().startsWith("[")
    ? JSON.parse(text)
    : linesOf(text).map((line) => JSON.parse(line));
}

/**
 * A container of `docker compose ps` as the engine inspects it.
 *
 * @param inspected what the script says of inspecting it; undefined for nothing
 */
export function inspectedOf(line: PsLine, inspected: unknown): unknown {
  const { State, Config, ...rest } = (inspected ?? {}) as Record<string, Record<string, object>>;
  const ports = Object.groupBy(
    line.Publishers ?? [],
    ({ TargetPort, Protocol = "tcp" }) => `${TargetPort}/${Protocol}`,
  );
  return {
    HostConfig: {},
    ...rest,
    Id: line.ID,
    Name: `/${line.Name}`,
    State: {
      StartedAt: "2026-01-01T00:00:00Z",
      ...State,
      Status: line.State,
      ExitCode: line.ExitCode,
      ...(line.Health === "" ? {} : { Health: { ...State?.Health, Status: line.Health } }),
    },
    Config: {
      ...Config,
      Image: line.Image,
      Labels: {
        [CONFIG_HASH_LABEL]: "0a",
        ...Config?.Labels,
        ...labelsIn(line.Labels ?? ""),
        "com.docker.compose.service": line.Service,
      },
    },
    NetworkSettings: {
      Ports: Object.fromEntries(
        Object.entries(ports).map(([target, published = []]) => [
          target,
          published.map(({ URL, PublishedPort }) => ({
            HostIp: URL,
            HostPort: `${PublishedPort}`,
          })),
        ]),
      ),
    },
  };
}

function labelsIn(labels: unknown): Labels {
  if (typeof labels !== "string") {
    return (labels as Labels | undefined) ?? {};
  }
  const pairs = labels.split(/,(?=[A-Za-z0-9._/-]+=)/).filter((pair) => pair.includes("="));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}

/** The CLI writes `127.0.0.1:3000->3000/tcp`. */
function portsIn(text: string) {
  const ports = text.matchAll(/(\[[^\]]*\]|[0-9.]+|::):(\d+)->(\d+)\/(\w+)/g);
  return [...ports].map(([, IP = "", host, container, Type]) => ({
    IP: IP.replace(/^\[|\]$/g, ""),
    PublicPort: Number(host),
    PrivatePort: Number(container),
    Type,
  }));
}

/** Inspected containers by the ids that were asked for: a JSON array, or one object a container a line. */
export function inspectedIn(text: string, ids: readonly string[]): Map<string, unknown> {
  const values =
    text.trimStart().startsWith("[{") || text.trim() === "[]"
      ? (JSON.parse(text) as { Id?: string }[])
      : linesOf(text).map((line) => JSON.parse(line));
  return new Map(
    values.map((value, n) => {
      const id = ids.find((one) => value.Id !== undefined && one.startsWith(value.Id));
      return [id ?? value.Id ?? ids[n] ?? "", apiForm(value)];
    }),
  );
}

/** A script may name only the parts that a test is about. */
function apiForm(value: unknown): unknown {
  if (Array.isArray(value)) {
    return { Id: "", Config: { Env: value }, State: {}, HostConfig: {} };
  }
  const { labels, image, env, state, declared, actual, mounts, ...rest } = value as Record<
    string,
    unknown
  >;
  if ("Id" in rest || "Config" in rest) {
    return { Config: {}, State: {}, HostConfig: {}, ...rest };
  }
  return {
    Id: "",
    Config: { Labels: labels, Image: image, Env: env },
    State: { Status: state },
    HostConfig: { PortBindings: declared },
    NetworkSettings: { Ports: actual },
    Mounts: mounts,
  };
}

/**
 * Volumes of `docker volume ls`: one JSON object a line, or a name with the label of its keys, or with
 * project and key, between tabs.
 */
export function volumesIn(text: string, project: string | undefined) {
  return linesOf(text).map((line) => {
    if (line.startsWith("{")) {
      return JSON.parse(line) as { Name: string; Labels: Labels };
    }
    const [Name = "", second = "", third] = line.split("\t");
    if (third !== undefined) {
      const labels = { [PROJECT_LABEL]: second, [VOLUME_LABEL]: third };
      return {
        Name,
        Labels: Object.fromEntries(Object.entries(labels).filter(([, v]) => v !== "")),
      };
    }
    const own: Labels = project === undefined ? {} : { [PROJECT_LABEL]: project };
    const key =
      project !== undefined && Name.startsWith(`${project}_`) ? Name.slice(project.length + 1) : "";
    return {
      Name,
      Labels: {
        ...own,
        ...(key === "" ? {} : { [VOLUME_LABEL]: key }),
        ...(second === "" ? {} : { [KEYS_LABEL]: second }),
      },
    };
  });
}

/** Networks of `docker network ls`: id, name and project between tabs. */
export function networksIn(text: string) {
  return linesOf(text).map((line) => {
    const [Id = "", Name = "", project = ""] = line.split("\t");
    return { Id, Name, Labels: project === "" ? {} : { [PROJECT_LABEL]: project } };
  });
}

/** Images of `docker image ls`: repository, tag, digest and id between tabs. */
export function imagesIn(text: string) {
  return linesOf(text).map((line) => {
    const [repository, tag, digest, Id = ""] = line.split("\t");
    const named = (mark: string, part: string | undefined) =>
      part === undefined || part === "<none>" ? [] : [`${repository}${mark}${part}`];
    return { Id, RepoTags: named(":", tag), RepoDigests: named("@", digest) };
  });
}

/** Images by id: a JSON array, or an id and its digests a line. */
export function imageDetails(text: string): Map<string, unknown> {
  if (text.trimStart().startsWith("[")) {
    return new Map((JSON.parse(text) as { Id: string }[]).map((one) => [one.Id, one]));
  }
  return new Map(
    linesOf(text).map((line) => {
      const space = line.indexOf(" ");
      const Id = line.slice(0, space);
      return [Id, { Id, RepoDigests: JSON.parse(line.slice(space + 1)) }];
    }),
  );
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
