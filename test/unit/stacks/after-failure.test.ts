import { describe, expect, it } from "vitest";
import {
  afterFailedDestroy,
  afterFailedStart,
  dataIsKept,
} from "../../../src/stacks/after-failure.ts";

const prod = { stack: "prod", rest: [] };
const failed = { exitCode: 1, wasStopped: false };
const stopped = { exitCode: 1, wasStopped: true };
const before = { projectName: "lago-prod", engine: {}, isProtected: false };

describe("after a start that failed", () => {
  it("a stack that was started before is not to be destroyed", () => {
    expect(afterFailedStart(prod, failed, before).split("\n")).toEqual([
      "Stack prod is not updated: pulumi up ended with exit code 1, and its messages stand above. The stack had been started before, as project lago-prod.",
      "    Once the cause is gone, go on: npm start -- --stack prod",
      "    What runs now: npm run cli -- status --project lago-prod",
    ]);
  });

  it("a stack that was interrupted may have services that are stopped", () => {
    expect(afterFailedStart(prod, stopped, before).split("\n")).toEqual([
      "Stack prod was interrupted in its update. Services of project lago-prod may be stopped until the update is done.",
      "    Go on: npm start -- --stack prod",
      "    What runs now: npm run cli -- status --project lago-prod",
    ]);
  });

  it.each([129, 130, 143])("exit code %i of Pulumi is an interruption too", (exitCode) => {
    const end = { exitCode, wasStopped: false };
    expect(afterFailedStart(prod, end, before)).toContain("was interrupted");
    expect(afterFailedDestroy(prod, end, before)).toContain("was interrupted");
  });

  it("a first start can be gone on with, or taken down", () => {
    const steps = (end: typeof failed) => afterFailedStart(prod, end, undefined).split("\n");
    expect(steps(failed)).toEqual([
      "The first start of stack prod failed: pulumi up ended with exit code 1, and its messages stand above.",
      "    Once the cause is gone, go on: npm start -- --stack prod",
      "    Or take down what was begun: npm run destroy -- --stack prod",
    ]);
    expect(steps(stopped)).toEqual([
      "The first start of stack prod was interrupted.",
      "    Go on: npm start -- --stack prod",
      "    Or take down what was begun: npm run destroy -- --stack prod",
    ]);
  });

  it("the commands have the arguments for Pulumi and the engine", () => {
    const args = { stack: "acme/prod", rest: ["--target", "**lago project"] };
    const engine = { dockerHost: "ssh://root@lago.example.com" };
    const said = afterFailedStart(args, failed, { ...before, engine });
    expect(said).toContain("npm start -- --stack acme/prod -- --target '**lago project'\n");
    expect(said).toMatch(/status --project lago-prod --docker-host ssh:\/\/root@lago.example.com$/);
  });
});

describe("after a destroy", () => {
  it("that failed", () => {
    const said = afterFailedDestroy({ stack: "prod", rest: ["--diff"] }, failed, undefined);
    expect(said.split("\n")).toEqual([
      "Stack prod is not destroyed: pulumi destroy ended with exit code 1, and its messages stand above.",
      "    Once the cause is gone, go on: npm run destroy -- --stack prod -- --diff",
    ]);
  });

  it("that was interrupted, whether the stack is protected or not", () => {
    const said = afterFailedDestroy(prod, stopped, { ...before, isProtected: true });
    expect(said.split("\n")).toEqual([
      "The destroy of stack prod was interrupted. Some of its services may be gone.",
      "    Go on: npm run destroy -- --stack prod",
      "    Or bring everything back: npm start -- --stack prod",
    ]);
  });

  it("of a protected stack", () => {
    const said = afterFailedDestroy(prod, failed, { ...before, isProtected: true });
    expect(said.split("\n")).toEqual([
      "Stack prod is protected, so nothing was destroyed.",
      "    Lift the protection: npm run pulumi -- config set --stack prod protect false",
      "    Apply that: npm start -- --stack prod",
      "    Destroy: npm run destroy -- --stack prod",
    ]);
  });

  it("that kept the data", () => {
    const saved = { ...before, file: "/home/ada/prod.json" };
    expect(dataIsKept("prod", saved, ["lago-prod_a", "lago-prod_b"]).split("\n")).toEqual([
      "Stack prod is destroyed. Its data stays in the volumes of project lago-prod, its keys in /home/ada/prod.json.",
      "    Take up both on this machine: npm start -- --stack prod",
      "    Remove the data for good: docker volume rm lago-prod_a lago-prod_b",
    ]);
  });
});
