import { describe, expect, it } from "vitest";
import { REMOTE_CHECKS } from "../../../../src/checks/rules/remote.ts";
import { runChecks } from "../../../../src/checks/run.ts";
import type { RemoteEngine } from "../../../../src/checks/types.ts";

const IDS = REMOTE_CHECKS.map(({ id }) => id);
const ENGINE = "ssh://root@lago.example.com";

function findings(
  remoteEngine: RemoteEngine | undefined,
  variables: Record<string, string> = {},
  allowUnsafe: readonly string[] = [],
) {
  const model = { services: [], variables: [], requiredVariables: [] };
  const found = runChecks({ source: "stack", model, variables, remoteEngine, allowUnsafe });
  return found.filter(({ id }) => IDS.includes(id) || id === "unknown-exception");
}

const file = (path: string, service = "api") =>
  ({ service, by: "volumes", path, isRelative: !path.startsWith("/") }) as const;
const at = (...paths: readonly string[]) => ({
  engine: ENGINE,
  hostFiles: paths.map((path) => file(path)),
});

describe("files of this machine", () => {
  it("are refused on another one, by service, with their names", () => {
    const [finding, ...more] = findings(at("./data", "../x", "./data"));
    expect(finding).toMatchObject({
      id: "local-file",
      severity: "error",
      field: "services.api.volumes",
      unsafeName: "local-file:services.api.volumes",
    });
    expect(finding?.reason).toContain(`mounts ./data, ../x of this machine, and ${ENGINE}`);
    expect(more).toEqual([]);
    expect(findings(at("./data"), {}, ["local-file:services.api.volumes"])).toEqual([]);
  });

  it("are warned of where the path is the other host's own", () => {
    const [finding] = findings(at("/var/run/docker.sock"));
    expect(finding).toMatchObject({ id: "host-path", severity: "warning" });
  });
});

describe("an address on localhost", () => {
  it.each(["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]", "http://a.localhost"])(
    "is refused: %s",
    (url) => {
      const names = findings(at(), { LAGO_API_URL: url, LAGO_FRONT_URL: url }).map(
        ({ unsafeName }) => unsafeName,
      );
      expect(names).toEqual(["remote-localhost:LAGO_API_URL", "remote-localhost:LAGO_FRONT_URL"]);
      expect(findings(at(), { LAGO_API_URL: url }, ["remote-localhost:LAGO_API_URL"])).toEqual([]);
    },
  );

  it("is none of these", () => {
    for (const LAGO_API_URL of ["https://lago.example.com", "http://10.0.0.5:3000", ""]) {
      expect(findings(at(), { LAGO_API_URL })).toEqual([]);
    }
  });
});

it("says nothing of an engine on this machine", () => {
  expect(findings(undefined, { LAGO_API_URL: "http://localhost:3000" })).toEqual([]);
  // What was accepted for another engine is no fault here.
  const [left] = findings(undefined, {}, ["remote-localhost:LAGO_API_URL"]);
  expect(left).toMatchObject({ id: "unknown-exception", severity: "warning" });
});
