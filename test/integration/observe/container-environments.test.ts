import { expect, it } from "vitest";
import { DEFAULT_ENGINE } from "../../../src/docker/endpoint-settings.ts";
import { readEnvironments } from "../../../src/observe/container-environments.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";

it("reads a variable without a value under its whole name", async () => {
  const labels = {
    "com.docker.compose.project": "lago-test",
    "com.docker.compose.service": "api",
  };
  const listed = {
    ID: "api-id",
    Names: "lago-test-api-1",
    Labels: Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(","),
    Ports: "",
  };
  const env = ["LAGO_API_KEY=a=b", "LAGO_DISABLE_SIGNUP", "EMPTY="];
  useFakeDocker({
    "container ls": { stdout: `${JSON.stringify(listed)}\n` },
    "container inspect": {
      stdout: `${JSON.stringify({ labels, image: "getlago/api:v1", env })}\n`,
    },
  });
  expect(await readEnvironments("lago-test", DEFAULT_ENGINE)).toEqual([
    ["api", { LAGO_API_KEY: "a=b", LAGO_DISABLE_SIGNUP: "", EMPTY: "" }],
  ]);
});
