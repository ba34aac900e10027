import { describe, expect, it } from "vitest";
import { stackProgress } from "../../../../src/cli/output/stack-progress.ts";
import { testContext } from "../../../support/command-context.ts";

const DEPLOYMENT = { projectName: "lago-dev", engine: {}, services: [] };
const POLL = {
  services: [{ service: "db", state: "ready" as const, reason: "healthy" }],
  containers: [],
};

/** Characters that erase the line of the cursor. */
const ERASED = "\u001b[2K";

async function written(end: "done" | "stopped" | "failed"): Promise<string> {
  const { context, written } = testContext({ columns: 80 });
  const view = await stackProgress(context, [DEPLOYMENT]);
  view.look("lago-dev", POLL);
  expect(written.screen).toContain("lago-dev: 1 of 1 services ready");
  const shown = written.screen.length;
  view.close(end);
  return written.screen.slice(shown);
}

describe("the table of a deploy on a terminal", () => {
  it("is gone once the result, or the message of a stop, tells the same", async () => {
    expect(await written("done")).toContain(ERASED);
    expect(await written("stopped")).toContain(ERASED);
  });

  it("stays where the deploy failed, since it shows which service did", async () => {
    expect(await written("failed")).not.toContain(ERASED);
  });
});
