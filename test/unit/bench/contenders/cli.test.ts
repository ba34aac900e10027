/** The command line is measured as the package has it, started without npm. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { BUILT_PACKAGE, cli } from "../../../../bench/contenders/cli.ts";
import manifest from "../../../../package.json" with { type: "json" };
import { publishedManifest } from "../../../../scripts/build/manifest.ts";
import type { World } from "../../../../testing/world/world.ts";

it("is the program that the package installs", async () => {
  const { bin } = publishedManifest(manifest);
  const program = (bin as Record<string, string>)["z-billing-lago"] ?? "";
  const world = { project: "lago-x", folder: "/world", ports: { api: 1, front: 2 } } as World;
  const { command } = await cli.open(world, "D");
  expect(await command("status", { environment: {}, startTimeoutSeconds: 1 })).toEqual({
    ...{ program: join(BUILT_PACKAGE, program), args: ["status", "--project", "lago-x"] },
    ...{ cwd: "/world", environment: {} },
  });
});
