import { z } from "zod";
import { tryJson } from "../text/json.ts";
import { parseLabels } from "./ps.ts";

/** A container of the host, as far as it can be in a deployment's way. */
export interface HostContainer {
  readonly id: string;
  readonly name: string;
  /** Compose project that it belongs to; undefined for a container of no project. */
  readonly project: string | undefined;
  readonly ports: readonly HostPort[];
}

/** A port that a running container holds on the host. */
export interface HostPort {
  readonly address: string;
  readonly port: number;
}

const schema = z.looseObject({
  ID: z.string(),
  Names: z.string(),
  Labels: z.string().default(""),
  Ports: z.string().default(""),
});

/**
 * Reads the output of `docker container ls --all --format json`, one object a line. Lines of another
 * form are passed over: what cannot be read is in nobody's way that could be named.
 */
export function parseHostContainers(text: string): HostContainer[] {
  return text.split("\n").flatMap((line) => {
    const parsed = schema.safeParse(tryJson(line));
    if (!parsed.success) {
      return [];
    }
    const { ID, Names, Labels, Ports } = parsed.data;
    return [
      {
        id: ID,
        name: Names,
        project: parseLabels(Labels)["com.docker.compose.project"],
        ports: parsePorts(Ports),
      },
    ];
  });
}

/** Docker writes `127.0.0.1:3000->3000/tcp`, `[::]:80->80/tcp` and ranges as `0.0.0.0:80-82->80-82/tcp`. */
function parsePorts(text: string): HostPort[] {
  return [...text.matchAll(/(\[[^\]]*\]|[0-9.]+|::):(\d+)(?:-(\d+))?->[^,]*\/tcp/g)].flatMap(
    ([, address = "", first = "", last = first]) => {
      const from = Number(first);
      const count = Math.max(1, Number(last) - from + 1);
      return Array.from({ length: count }, (_, index) => ({
        address: address.replace(/^\[|\]$/g, ""),
        port: from + index,
      }));
    },
  );
}
