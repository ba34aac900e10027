/** A start and a destroy whose Pulumi fails, and what a person reads then. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StackPulumi } from "../../../src/stacks/context.ts";
import { deployStack } from "../../../src/stacks/deploy-stack.ts";
import { destroyStack } from "../../../src/stacks/destroy-stack.ts";
import { listeningContext } from "../../support/setup-context.ts";

const args = { stack: "prod", rest: [] };
const DEPLOYED = [
  { type: "pulumi:pulumi:Stack" },
  { type: "pulumi-nodejs:dynamic/lago:Project", id: "lago-billing" },
];

let tools: string;

beforeEach(async () => {
  tools = await mkdtemp(join(tmpdir(), "zbl-test-start-"));
});
afterEach(() => rm(tools, { recursive: true }));

/** A Pulumi whose stack has these resources until a command on the terminal fails and leaves others. */
function failingPulumi(before: readonly unknown[], after: readonly unknown[] = DEPLOYED) {
  let resources = before;
  const attached: string[] = [];
  const pulumi: StackPulumi = {
    attached: async (words) => {
      attached.push(words.join(" "));
      resources = after;
      return 255;
    },
    captured: async (words) => {
      const stdout = JSON.stringify({ version: 3, deployment: { resources } });
      const file = words[words.indexOf("--file") + 1];
      if (words.includes("--file") && file !== undefined) {
        await writeFile(file, stdout);
      }
      return { exitCode: 0, stdout, stderr: "", truncated: false, durationMs: 1 };
    },
  };
  return { pulumi, attached };
}

describe("a start that fails", () => {
  it("offers to destroy what it had begun itself, and nothing else", async () => {
    const said: string[] = [];
    for (const before of [[], DEPLOYED]) {
      const listening = listeningContext();
      const { pulumi, attached } = failingPulumi(before);
      expect(await deployStack({ ...listening.context, tools }, pulumi, args)).toBe(255);
      expect(attached).toEqual(["up --stack prod --yes --suppress-outputs"]);
      said.push(listening.said());
    }
    expect(said[0]).toContain("The first start of stack prod failed");
    expect(said[0]).toContain("npm run destroy -- --stack prod");
    expect(said[1]).toContain("npm start -- --stack prod\n");
    expect(said[1]).toContain("npm run cli -- status --project lago-billing");
    expect(said[1]).not.toContain("destroy");
  });

  it("says that it was stopped", async () => {
    const { context, said } = listeningContext();
    const signal = AbortSignal.abort();
    await deployStack({ ...context, signal, tools }, failingPulumi(DEPLOYED).pulumi, args);
    expect(said()).toContain("Stack prod was interrupted in its update.");
  });
});

describe("a start of a stack that runs", () => {
  const OUTPUTS = {
    ...{ running: true, apiUrl: "http://localhost:3000", frontUrl: "http://localhost:80" },
    ...{ projectName: "lago-billing", services: [{ name: "api", status: "Running" }] },
  };
  const CHANGES = "error: no changes were expected for preview but changes were proposed\n";

  /** Starts the stack with a Pulumi whose preview ends so; what was run and shown. */
  async function startWith(preview: { exitCode: number; stderr?: string }, rest: string[] = []) {
    const state = [{ type: "pulumi:pulumi:Stack", outputs: OUTPUTS }, ...DEPLOYED.slice(1)];
    const run: string[] = [];
    const pulumi: StackPulumi = {
      attached: async (words) => {
        run.push(words.join(" "));
        return 0;
      },
      captured: async (words) => {
        run.push(words.slice(0, 2).join(" "));
        const stdout = words.includes("export")
          ? JSON.stringify({ deployment: { resources: state } })
          : words.includes("output")
            ? JSON.stringify(OUTPUTS)
            : "the changes\n";
        const end = words[0] === "preview" ? preview : { exitCode: 0 };
        return { stdout, stderr: "", truncated: false, durationMs: 1, ...end };
      },
    };
    const shown = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const { context } = listeningContext();
    const exitCode = await deployStack({ ...context, tools }, pulumi, { stack: "prod", rest });
    const text = shown.mock.calls.join("");
    shown.mockRestore();
    expect(exitCode).toBe(0);
    expect(text).toContain("http://localhost:3000");
    return { text, run };
  }
  const UP = "up --stack prod --yes --suppress-outputs";

  it("updates nothing where a preview finds nothing to change", async () => {
    const { run } = await startWith({ exitCode: 0 });
    expect(run).toEqual(["stack select", "stack export", "preview --stack"]);
  });

  it("shows the changes that the preview finds, and makes no second preview", async () => {
    const { run, text } = await startWith({ exitCode: 7, stderr: CHANGES });
    expect(text).toContain("the changes\n");
    expect(run).toContain(`${UP} --skip-preview`);
  });

  it("leaves it to the update to say why the preview failed", async () => {
    const { run, text } = await startWith({ exitCode: 255, stderr: "error: refused\n" });
    expect(text).not.toContain("the changes");
    expect(run).toContain(UP);
  });

  it("makes no preview of its own where Pulumi is given options", async () => {
    const { run } = await startWith({ exitCode: 0 }, ["--target-dependents"]);
    expect(run).not.toContain("preview --stack");
    expect(run).toContain(`${UP} --target-dependents`);
  });
});

describe("a destroy that fails", () => {
  it("names the stack, and has saved its state", async () => {
    const { context, said } = listeningContext();
    const { pulumi, attached } = failingPulumi(DEPLOYED, []);
    expect(await destroyStack({ ...context, tools }, pulumi, args)).toBe(255);
    expect(attached).toEqual(["destroy --stack prod --yes --suppress-outputs"]);
    expect(said()).toContain("go on: npm run destroy -- --stack prod\n");
    const [file = ""] = await readdir(join(tools, "destroyed"));
    expect(await readFile(join(tools, "destroyed", file), "utf8")).toContain("lago-billing");
  });
});
