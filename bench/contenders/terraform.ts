/**
 * Terraform's `terraform_data` with `local-exec`, by `terraform` or `tofu`, whichever is installed.
 */
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Deployment, Operation, Subject } from "../../faults/subjects/subject.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { tryJson } from "../../src/text/json.ts";
import { onPath } from "../../testing/world/on-path.ts";
import type { Settings, World } from "../../testing/world/world.ts";

const PROGRAMS = ["terraform", "tofu"] as const;
const STAGE_TIMEOUT_MS = 60_000;
const ANSWERS = ["-input=false", "-no-color"] as const;

/** Arguments of `terraform`; undefined for a missing command. */
export const TERRAFORM_COMMANDS: Readonly<Record<Operation, readonly string[] | undefined>> = {
  up: ["apply", "-auto-approve", ...ANSWERS],
  down: ["destroy", "-auto-approve", ...ANSWERS],
  preview: ["plan", ...ANSWERS],
  refresh: ["apply", "-refresh-only", "-auto-approve", ...ANSWERS],
  // `terraform show` prints its state, which does not include services.
  status: undefined,
};

/** Terraform in the working folder `terraform`, with the settings exported as its variables. */
export const terraform: Subject = {
  name: "terraform",
  title: "Terraform local-exec",
  ours: false,
  takesLock: true,
  showsComposeTable: false,
  versions: async () => {
    const program = requireProgram();
    const { stdout } = await run(program, ["version", "-json"], {
      env: { ...inheritedEnvironment(), ...QUIET },
      timeoutMs: STAGE_TIMEOUT_MS,
    });
    return terraformVersions(program, stdout);
  },
  missing: async () =>
    findTerraform() === undefined
      ? "Neither terraform nor tofu is on the PATH. Install one of them to have it measured."
      : undefined,
  open: async (world) => await openTerraform(world),
};

/** Disables Terraform's check for updates. */
const QUIET = { CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" } as const;

async function openTerraform(world: World): Promise<Deployment> {
  const program = requireProgram();
  const folder = join(world.folder, "terraform");
  await cp(join(import.meta.dirname, "terraform"), folder, { recursive: true });
  const init = await run(program, ["init", ...ANSWERS], {
    cwd: folder,
    env: { ...world.environment, ...QUIET },
    timeoutMs: STAGE_TIMEOUT_MS,
  });
  if (init.exitCode !== 0) {
    throw new Error(`${program} init ended with ${init.exitCode}: ${init.stderr}`);
  }
  return {
    command: async (operation, settings) => {
      const args = TERRAFORM_COMMANDS[operation];
      return args === undefined
        ? undefined
        : { program, args, cwd: folder, environment: terraformVariables(world, settings) };
    },
    recovery: async () => [],
    errorOf: ({ stderr }) => stderr,
    changesOf: () => undefined,
    stateFolders: [folder],
    locks: () => [],
    dispose: async () => {},
  };
}

/** Encodes the settings as environment variables for `terraform`: a map as JSON. */
export function terraformVariables(
  { composeFolder, ports }: Pick<World, "composeFolder" | "ports">,
  { environment, project }: Pick<Settings, "environment" | "project">,
): Record<string, string> {
  const variables = {
    API_PORT: String(ports.api),
    FRONT_PORT: String(ports.front),
    ...(project === undefined ? {} : { COMPOSE_PROJECT_NAME: project }),
    ...environment,
  };
  return { ...QUIET, TF_VAR_folder: composeFolder, TF_VAR_environment: JSON.stringify(variables) };
}

/**
 * Parses the version in the output of `version -json`, by program; "unknown" for any other output.
 */
export function terraformVersions(program: string, json: string): Record<string, string> {
  const schema = z.object({ terraform_version: z.string() });
  const { data } = schema.safeParse(tryJson(json));
  return { [program]: data?.terraform_version ?? "unknown" };
}

/**
 * Finds `terraform` or `tofu`; undefined without either.
 *
 * @param path defaults to the `PATH` of this process
 */
export function findTerraform(path = process.env.PATH ?? ""): string | undefined {
  return PROGRAMS.find((name) => onPath(name, path) !== undefined);
}

function requireProgram(): string {
  const program = findTerraform();
  if (program === undefined) {
    throw new Error("neither terraform nor tofu is on the PATH");
  }
  return program;
}
