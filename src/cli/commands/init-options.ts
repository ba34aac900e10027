/** `init` with its options. Its code is loaded when it is called. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { withOptions } from "../setting-options.ts";

/** Adds `init`. */
export function addInitCommand(program: Command, context: CommandContext): void {
  withOptions(program.command("init"), "engine")
    .description("make a Pulumi stack: ask, write its config, generate its keys as secrets")
    .argument("[stack]", "name of the stack, such as dev; asked for on a terminal")
    .option("--cwd <folder>", "folder of the Pulumi program", ".")
    .option("--project-name <name>", "compose project (default: lago- and the stack's name)")
    .option("--api-url <url>", "where browsers reach the api (default: localhost at its port)")
    .option("--front-url <url>", "where browsers reach the front (default: localhost at its port)")
    .option("--api-port <port>", "host port of the api, or auto (default: 3000)")
    .option("--front-port <port>", "host port of the front, or auto (default: 80)")
    .option("--address <ip>", "host address to publish on (default: 127.0.0.1)")
    .option("--release <tag>", "release of Lago, such as v1.50.0 (default: the bundled file's)")
    .option("--organization-name <name>", "organization that the first start opens, such as Acme")
    .option(
      "--organization-email <address>",
      "address that you log in with; its password is generated",
    )
    .option("--disable-signup", "keep visitors from opening an organization")
    .option("-y, --yes", "ask nothing: missing options keep their defaults")
    .option("--overwrite", "replace existing settings of the stack; its keys always stay")
    .option("--json", "print the result, or the error, as one line of JSON")
    .action(async (stack, options) =>
      (await import("./init.ts")).initCommand(context, stack, options),
    );
}
