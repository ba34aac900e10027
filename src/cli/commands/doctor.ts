import { dockerEnvironment } from "../../docker/endpoint-environment.ts";
import {
  type DockerEndpoint,
  type EngineSettings,
  engineName,
  hasExplicitEndpoint,
} from "../../docker/endpoint-settings.ts";
import { isAtLeast, MIN_COMPOSE_VERSION, MIN_ENGINE_API } from "../../docker/version.ts";
import { ProcessFailure } from "../../process/failure.ts";
import { run } from "../../process/run.ts";
import { cleanText } from "../../text/clean.ts";
import { table } from "../../text/table.ts";
import type { CommandContext } from "../command-context.ts";
import { chosenEngine } from "../engine-options.ts";

const TIMEOUT_MS = 15_000;

/** Oldest Node that runs TypeScript sources without a flag. */
const MIN_NODE_VERSION = "22.18.0";
/** Version of the command provider that this package supports. */
const COMMAND_PROVIDER_VERSION = "1.2.1";

/** A requirement of deployments on this machine. */
export interface DoctorFinding {
  readonly what: string;
  readonly ok: boolean;
  /** Version or answer that was found; empty when nothing was found. */
  readonly found: string;
  /** Instructions for a missing requirement. */
  readonly remedy: string;
}

/** Prints which requirements are met and which are missing; exit code 1 when any is missing. */
export async function doctorCommand(
  context: CommandContext,
  options: EngineSettings & { readonly json?: boolean },
): Promise<void> {
  const findings = await diagnose(chosenEngine(options));
  const healthy = findings.every(({ ok }) => ok);
  if (options.json === true) {
    context.output.result(JSON.stringify({ healthy, findings }));
  } else {
    const rows = findings.map((f) => [
      f.ok ? "ok" : "missing",
      f.what,
      f.found || "-",
      f.ok ? "" : f.remedy,
    ]);
    context.output.result(table(["", "WHAT", "FOUND", "HOW TO GET IT"], rows));
  }
  if (!healthy) {
    process.exitCode = 1;
  }
}

async function diagnose(chosen: DockerEndpoint): Promise<DoctorFinding[]> {
  const environment = dockerEnvironment(chosen);
  const ask = (program: string, args: readonly string[]) => answerOf(program, args, environment);
  const [docker, engine, compose, flock, pulumi, plugins] = await Promise.all([
    ask("docker", ["version", "--format", "{{.Client.Version}}"]),
    ask("docker", ["version", "--format", "{{.Server.APIVersion}} (engine {{.Server.Version}})"]),
    ask("docker", ["compose", "version", "--short"]),
    ask("flock", ["--help"]),
    ask("pulumi", ["version"]),
    ask("pulumi", ["plugin", "ls", "--json"]),
  ]);
  const clientVersion = /^\d+\.\d+\.\d+/.exec(docker.text)?.[0] ?? "";
  const engineApi = engine.ok ? engine.text : "";
  const provider = commandProvider(plugins.text);
  return [
    {
      what: `Node ${MIN_NODE_VERSION} or newer`,
      ok: isAtLeast(process.versions.node, MIN_NODE_VERSION),
      found: process.versions.node,
      remedy:
        "install it from nodejs.org; in the checkout `npm run setup` fetches one for the scripts",
    },
    {
      what: "docker program",
      ok: clientVersion !== "",
      found: clientVersion,
      remedy:
        "install Docker Engine; in the checkout `npm run setup` does so on Debian and Ubuntu as root",
    },
    {
      what: `Docker engine with API ${MIN_ENGINE_API} or newer`,
      ok: isAtLeast(`${engineApi.split(" ")[0]}.0`, `${MIN_ENGINE_API}.0`),
      found: engineApi,
      remedy: hasExplicitEndpoint(chosen)
        ? `make ${engineName(chosen)} answer; any other command with this option says what is wrong`
        : "start it (`systemctl start docker`), or check DOCKER_HOST and DOCKER_CONTEXT",
    },
    {
      what: `compose ${MIN_COMPOSE_VERSION} or newer`,
      ok: compose.ok && isAtLeast(compose.text, MIN_COMPOSE_VERSION),
      found: compose.ok ? compose.text : "",
      remedy: "install Docker's compose plugin (Debian: docker-compose, Ubuntu: docker-compose-v2)",
    },
    {
      what: "flock program",
      // Any answer counts: not every `flock` knows `--help`.
      ok: flock.found,
      found: flock.found ? "found" : "",
      remedy:
        "install it, so that two runs on one project never meet (Linux: util-linux; macOS: `brew install flock`)",
    },
    {
      what: "Pulumi",
      ok: pulumi.ok,
      found: pulumi.ok ? pulumi.text : "",
      remedy: "install it, see pulumi.com/docs/install; in the checkout `npm run setup` does so",
    },
    {
      what: `Pulumi's command provider ${COMMAND_PROVIDER_VERSION}`,
      ok: provider === COMMAND_PROVIDER_VERSION,
      found: provider,
      remedy: `pulumi plugin install resource command ${COMMAND_PROVIDER_VERSION}`,
    },
  ];
}

async function answerOf(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const home = process.env.PULUMI_HOME;
  const env = { ...environment, ...(home === undefined ? {} : { PULUMI_HOME: home }) };
  try {
    const { exitCode, stdout } = await run(program, args, { env, timeoutMs: TIMEOUT_MS });
    return { found: true, ok: exitCode === 0, text: cleanText(stdout).trim() };
  } catch (error) {
    if (error instanceof ProcessFailure) {
      return { found: false, ok: false, text: "" };
    }
    throw error;
  }
}

function commandProvider(pluginList: string): string {
  try {
    const plugins = JSON.parse(pluginList) as { name?: string; version?: string }[];
    const versions = plugins.filter(({ name }) => name === "command").map(({ version }) => version);
    return versions.find((v) => v === COMMAND_PROVIDER_VERSION) ?? versions[0] ?? "";
  } catch {
    return "";
  }
}
