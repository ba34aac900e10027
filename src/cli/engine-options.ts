import type { Command } from "commander";
import {
  type Engine,
  type EngineSettings,
  engineFaults,
  engineOf,
} from "../docker/endpoint-settings.ts";
import { invalidConfig } from "../errors.ts";

/** Adds the options that select the docker engine. */
export function withEngineOptions(target: Command): Command {
  return target
    .option(
      "--docker-host <url>",
      "engine, such as ssh://deploy@lago.example.com (default: docker's own)",
    )
    .option("--docker-context <name>", "one of docker's contexts, instead of --docker-host")
    .option(
      "--docker-cert-path <folder>",
      "ca.pem, cert.pem and key.pem for a --docker-host of tcp://",
    );
}

/**
 * Returns the engine that the options select.
 *
 * @throws DeployError of kind `InvalidConfig` that names every fault
 */
export function chosenEngine(options: EngineSettings): Engine {
  const issues = engineFaults(options);
  if (issues.length > 0) {
    throw invalidConfig(issues);
  }
  return engineOf(options);
}
