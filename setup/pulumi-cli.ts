import { accessSync, constants } from "node:fs";
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { probe } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { buildFromSource, NODE_LANGUAGE_HOST, PULUMI_CLI } from "./go-build.ts";
import { downloadPulumi } from "./pulumi-download.ts";
import { PULUMI_VERSION, pulumiBin } from "./pulumi-paths.ts";
import { duration } from "./report.ts";

/** Programs that have to lie in the same folder. */
const PROGRAMS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;

/** Starts the SDK's own server of dynamic resources, of the program in the current folder. */
const DYNAMIC_PROVIDER = `#!/bin/sh
entry=$(node -p 'require.resolve("@pulumi/pulumi/cmd/dynamic-provider")') || {
  echo "pulumi-resource-pulumi-nodejs: @pulumi/pulumi is not installed in $PWD; run npm install there" >&2
  exit 1
}
exec node "$entry" "$@"
`;

/** Ensures the Pulumi CLI, its language host for Node and its host of dynamic resources. */
export async function ensurePulumiCli(context: SetupContext): Promise<void> {
  const { report } = context;
  const bin = pulumiBin(context);
  if (await isInstalled(context, bin)) {
    report.ok(`Pulumi CLI ${PULUMI_VERSION}, in ${bin}`);
    return;
  }
  const startedAt = performance.now();
  report.doing(`Pulumi CLI ${PULUMI_VERSION}: it runs the program. Installing it in ${bin}`);
  await mkdir(dirname(dirname(bin)), { recursive: true });
  const building = await mkdtemp(join(dirname(dirname(bin)), `${PULUMI_VERSION}.new-`));
  try {
    const downloaded = await downloadPulumi(context, building);
    if (downloaded === undefined) {
      await buildFromSource(context, PULUMI_CLI, building);
      await buildFromSource(context, NODE_LANGUAGE_HOST, building);
      await writeFile(join(building, "pulumi-resource-pulumi-nodejs"), DYNAMIC_PROVIDER);
      await chmod(join(building, "pulumi-resource-pulumi-nodejs"), 0o755);
    }
    await moveInto(bin, downloaded ?? building);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  report.ok(`Pulumi CLI ${PULUMI_VERSION} (${duration(performance.now() - startedAt)})`);
}

async function isInstalled(context: SetupContext, bin: string): Promise<boolean> {
  if (!PROGRAMS.every((name) => isExecutable(join(bin, name)))) {
    return false;
  }
  const command = { program: join(bin, "pulumi"), args: ["version"], timeoutMs: 30_000 };
  return (await probe(context, command)) === `v${PULUMI_VERSION}`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Replaces the remains of an interrupted installation by a complete folder. */
async function moveInto(bin: string, from: string): Promise<void> {
  await mkdir(dirname(bin), { recursive: true });
  await rm(bin, { recursive: true, force: true });
  await rename(from, bin);
}
