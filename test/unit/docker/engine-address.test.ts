import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { engineAddress, socketPathOf } from "../../../src/docker/engine-address.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "zbl-test-docker-config-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A docker configuration with a current context and contexts by name. */
function config(current: string | undefined, contexts: Record<string, string> = {}): string {
  const place = mkdtempSync(join(folder, "config-"));
  if (current !== undefined) {
    writeFileSync(join(place, "config.json"), JSON.stringify({ currentContext: current }));
  }
  for (const [name, Host] of Object.entries(contexts)) {
    const id = createHash("sha256").update(name).digest("hex");
    mkdirSync(join(place, "contexts", "meta", id), { recursive: true });
    const meta = { Name: name, Endpoints: { docker: { Host } } };
    writeFileSync(join(place, "contexts", "meta", id, "meta.json"), JSON.stringify(meta));
  }
  return place;
}

const CONTEXTS = { far: "ssh://deploy@far.example.com", other: "tcp://other.example.com:2376" };

describe("the address of an engine", () => {
  it.each<[string, Parameters<typeof engineAddress>, string]>([
    ["a setting", [{ dockerHost: "tcp://h:2376" }, { DOCKER_HOST: "tcp://x:1" }], "tcp://h:2376"],
    ["DOCKER_HOST", [{}, { DOCKER_HOST: "tcp://x:1", DOCKER_CONTEXT: "far" }], "tcp://x:1"],
    [
      "DOCKER_CONTEXT",
      [{}, { DOCKER_CONTEXT: "other", DOCKER_CONFIG: config("far", CONTEXTS) }],
      CONTEXTS.other,
    ],
    ["the current context", [{}, { DOCKER_CONFIG: config("far", CONTEXTS) }], CONTEXTS.far],
    [
      "a context in the settings",
      [
        { dockerContext: "far" },
        { DOCKER_HOST: "tcp://x:1", DOCKER_CONFIG: config("other", CONTEXTS) },
      ],
      CONTEXTS.far,
    ],
  ])("comes from %s", (_, given, address) => {
    expect(engineAddress(...given)).toBe(address);
  });

  it("is left to docker where a context cannot be read", () => {
    expect(engineAddress({ dockerContext: "gone" }, { DOCKER_CONFIG: config("far") })).toBe(
      undefined,
    );
  });

  it.skipIf(process.platform === "win32")(
    "is docker's own socket where nothing says another",
    () => {
      for (const DOCKER_CONFIG of [config(undefined), config("default"), join(folder, "none")]) {
        expect(engineAddress({}, { DOCKER_CONFIG })).toMatch(/^unix:\/\/.*\/docker\.sock$/);
      }
    },
  );

  it("has the real path of a socket", () => {
    writeFileSync(join(folder, "real.sock"), "");
    symlinkSync(join(folder, "real.sock"), join(folder, "link.sock"));
    const address = engineAddress({ dockerHost: `unix://${join(folder, "link.sock")}` }, {});
    expect(address).toBe(`unix://${join(folder, "real.sock")}`);
    expect(socketPathOf(address)).toBe(join(folder, "real.sock"));
    expect(socketPathOf("tcp://h:1")).toBe(undefined);
    expect(socketPathOf(undefined)).toBe(undefined);
  });
});
