import { describe, expect, it } from "vitest";
import { parseStackArguments } from "../../../scripts/pulumi/arguments.ts";
import { chooseBackend, isLocal, localBackendUrl } from "../../../scripts/pulumi/backend.ts";
import { parseOutputs, summary } from "../../../scripts/pulumi/outputs.ts";

describe("parseStackArguments", () => {
  it.each([
    [[], {}, { stack: "dev", rest: [] }],
    [[], { Z_BILLING_LAGO_STACK: "qa" }, { stack: "qa", rest: [] }],
    [["--stack", "a"], { Z_BILLING_LAGO_STACK: "qa" }, { stack: "a", rest: [] }],
    [["--stack=a", "--", "--diff", "-v"], {}, { stack: "a", rest: ["--diff", "-v"] }],
    [["--", "--stack", "b"], {}, { stack: "dev", rest: ["--stack", "b"] }],
  ])("reads %j with %j", (args, env, expected) => {
    expect(parseStackArguments("npm start", args, env)).toEqual(expected);
  });

  it.each([[["prod"]], [["--stack"]], [["--stack="]], [["--diff"]]])("refuses %j", (args) => {
    expect(() => parseStackArguments("npm run destroy", args, {})).toThrow(
      "Type `npm run destroy -- --stack NAME`;",
    );
  });
});

describe("chooseBackend", () => {
  const login = "https://pulumi.example";

  it.each([
    [{ PULUMI_BACKEND_URL: "s3://b", PULUMI_ACCESS_TOKEN: "t" }, login, "PULUMI_BACKEND_URL"],
    [{ PULUMI_ACCESS_TOKEN: "t" }, login, "pulumi login"],
    [{ PULUMI_ACCESS_TOKEN: "t" }, "", "PULUMI_ACCESS_TOKEN"],
    [{ PULUMI_BACKEND_URL: "" }, "", "default"],
  ])("with %j and login %j takes what %s says", (env, loggedInTo, chosenBy) => {
    expect(chooseBackend(env, loggedInTo).chosenBy).toBe(chosenBy);
  });

  it("wants a passphrase for files only", () => {
    expect(isLocal(chooseBackend({}, ""))).toBe(true);
    expect(isLocal(chooseBackend({}, "file:///srv/state"))).toBe(true);
    expect(isLocal(chooseBackend({}, login))).toBe(false);
    expect(isLocal(chooseBackend({ PULUMI_ACCESS_TOKEN: "t" }, ""))).toBe(false);
  });
});

describe("localBackendUrl", () => {
  it("is Pulumi's own name for it, or names the home that HOME does", () => {
    expect(localBackendUrl("/home/ada", "/home/ada")).toBe("file://~");
    expect(localBackendUrl("/srv/new home", "/home/ada")).toBe("file:///srv/new%20home");
  });
});

describe("summary", () => {
  const service = { name: "api", status: "Running", health: "healthy", exitCode: 0 };
  const outputs = (standIn: boolean) =>
    parseOutputs(
      JSON.stringify({
        running: true,
        apiUrl: "http://localhost:3000",
        frontUrl: "http://localhost:80",
        projectName: "lago-dev",
        logs: "[secret]",
        services: [
          { ...service, image: "getlago/api:v1.50.0", standIn, ports: ["127.0.0.1:3000->3000"] },
          { name: "migrate", status: "Stopped", health: "", exitCode: 0, image: "m", ports: [] },
        ],
      }),
    );

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
    expect(parseOutputs("{}")).toBeUndefined();
  });
});
