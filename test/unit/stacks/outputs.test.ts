import { describe, expect, it } from "vitest";
import { parseOutputs, summary } from "../../../src/stacks/outputs.ts";

describe("summary", () => {
  const service = { name: "api", status: "Running", health: "healthy", exitCode: 0 };
  const outputs = (standIn: boolean) =>
    parseOutputs({
      running: true,
      apiUrl: "http://localhost:3000",
      frontUrl: "http://localhost:80",
      projectName: "lago-dev",
      logs: "[secret]",
      services: [
        { ...service, image: "getlago/api:v1.50.0", standIn, ports: ["127.0.0.1:3000->3000"] },
        { name: "migrate", status: "Stopped", health: "", exitCode: 0, image: "m", ports: [] },
      ],
    });

  it("lists the services and ends with the URLs", () => {
    const parsed = outputs(false);
    expect(parsed && summary(parsed).split("\n")).toEqual([
      "SERVICE  STATUS   HEALTH       PORTS                 IMAGE",
      "api      Running  healthy      127.0.0.1:3000->3000  getlago/api:v1.50.0",
      "migrate  Stopped  exit code 0  -                     m",
      "",
      "Lago's front: http://localhost:80",
      "Lago's API:   http://localhost:3000",
    ]);
  });

  it("names stand-ins where they are listed and once more below", () => {
    const parsed = outputs(true);
    expect(parsed && summary(parsed)).toMatch(/v1\.50\.0 \(stand-in\)\n.*\n\nStand-ins take/);
  });

  it("has nothing to say about a stack without a deployment", () => {
    expect(parseOutputs({})).toBeUndefined();
  });
});
