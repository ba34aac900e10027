/** Caddy in front of a contender, as in the example of this project but without TLS. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { docker } from "../../testing/docker.ts";
import { ROOT } from "../../testing/folders.ts";
import { freePort } from "../../testing/ports.ts";

const EXAMPLE = join(ROOT, "examples/reverse-proxy/Caddyfile");

/** Places that Caddy reaches: ports of the host, or containers by their names on a network. */
export type Upstreams =
  | { readonly api: number; readonly front: number }
  | { readonly network: string; readonly api: string; readonly front: string };

/** Caddy that runs. */
export interface RunningCaddy {
  readonly api: string;
  readonly front: string;
  remove(): Promise<void>;
}

/** Starts Caddy in front of api and front. */
export async function startCaddy(project: string, upstreams: Upstreams): Promise<RunningCaddy> {
  const [api, front, http] = [await freePort(), await freePort(), await freePort()];
  const name = `${project}-caddy`;
  const isOnHost = !("network" in upstreams);
  const values: Record<string, string> = {
    CERTIFICATES: "auto_https off",
    HTTP_PORT: String(http),
    ...{ API_HOST: "", API_PORT: String(api), FRONT_HOST: "", FRONT_PORT: String(front) },
    ...{ API_INNER_PORT: "3000", FRONT_INNER_PORT: "80" },
    API_NAME: String(upstreams.api),
    FRONT_NAME: String(upstreams.front),
  };
  const text = caddyfile(await readFile(EXAMPLE, "utf8"), isOnHost);
  const ports = [api, front].flatMap((port) => ["--publish", `127.0.0.1:${port}:${port}`]);
  await docker(
    ...["run", "--detach", "--name", name, "--dns-search", "."],
    ...(isOnHost ? ["--network", "host"] : ["--network", upstreams.network, ...ports]),
    ...Object.entries({ ...values, CADDYFILE: text }).flatMap(([key, value]) => [
      ...["--env", `${key}=${value}`],
    ]),
    ...["--entrypoint", "sh", "caddy:2", "-c"],
    'printf "%s" "$CADDYFILE" > /tmp/Caddyfile && exec caddy run --adapter caddyfile --config /tmp/Caddyfile',
  );
  return {
    api: `http://127.0.0.1:${api}`,
    front: `http://127.0.0.1:${front}`,
    remove: async () => {
      await docker("rm", "--force", "--volumes", name);
    },
  };
}

/** The example's file for plain HTTP; with ports of the host in place of names for `isOnHost`. */
export function caddyfile(example: string, isOnHost: boolean): string {
  const plain = example.replaceAll("https://", "http://");
  return isOnHost
    ? plain
        .replaceAll(/\{\$(API|FRONT)_NAME\}-any:\{\$\w+\}/g, "127.0.0.1:{$$$1_NAME}")
        .replaceAll(/\t\tdynamic a \{\n(?:\t\t\t.*\n)*\t\t\}\n/g, "")
    : plain;
}
