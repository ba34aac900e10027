import { describe, expect, it } from "vitest";
import { callDocker } from "../../../src/docker/docker.ts";
import { DEFAULT_ENGINE } from "../../../src/docker/endpoint-settings.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { errorOf } from "../../support/sample.ts";

const SECRET = "POSTGRES_PASSWORD=hunter2-hunter2";

describe("an error of a call whose output is made of secrets", () => {
  it.each([
    ["that fails without a word", { stdout: SECRET, exitCode: 137 }, 10_000],
    ["that fails with one", { stdout: SECRET, stderr: "no such thing", exitCode: 1 }, 10_000],
    ["that does not end", { stdout: SECRET, hang: true }, 700],
  ])("shows none of it: one %s", async (_, answer, timeoutMs) => {
    useFakeDocker({ "container inspect": answer });
    const call = callDocker({
      engine: DEFAULT_ENGINE,
      purpose: "Inspecting",
      args: ["container", "inspect", "x"],
      timeoutMs,
      secretOutput: true,
      redact: (text) => text,
    });
    const error = await errorOf(call);
    expect(`${error.message} ${error.stderr}`).not.toContain("hunter2");
    expect(JSON.stringify(error.cause ?? null)).not.toContain("hunter2");
  });
});
