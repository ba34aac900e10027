/** Commands that make a stack, by itself or for what runs already, and show its settings. Their code is loaded when they are called. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { withOptions } from "../setting-options.ts";
import { ofStack, withStack } from "../stack-options.ts";
import { withJson, withResult, withStart } from "./builders.ts";

/** Adds `init`. */
export function addInitCommand(program: Command, context: CommandContext): void {
  withOptions(program.command("init"), "engine")
    .description("create a stack interactively, and its keys")
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

/** Adds `adopt`. */
export function addAdoptCommand(program: Command, context: CommandContext): void {
  withJson(withOptions(withStack(ofStack(program.command("adopt"))), "engine"))
    .description("have a stack take over what docker compose runs")
    .requiredOption("-p, --project <name>", "compose project that plain docker compose made")
    .option(
      "--role <service=role...>",
      "role of a service that its image does not tell, such as backend=api",
    )
    .option("-y, --yes", "write the config of the stack without a question")
    .addHelpText(
      "after",
      `
Shows what runs, and what the first start of the stack would change. Then it writes the config of
the stack: the compose files, and the values that the containers were made with. Secrets and keys
are encrypted. No container is touched, and no key is made anew.`,
    )
    .action(async (stack, options) => {
      process.exitCode = await (await import("./adopt.ts")).adoptCommand(context, stack, options);
    });
}

/** Adds `config`. */
export function addConfigCommand(program: Command, context: CommandContext): void {
  withStart(ofStack(withResult(program, "config", "show every setting and where it comes from")))
    .addHelpText(
      "after",
      `
Origins:
  given      by option, environment, --env-file or the stack's config
  default    this project's own      derived    follows from others
  generated  made once, and kept     file       the compose file's own
Secrets show as [secret]. Nothing is touched.`,
    )
    .action(async (stack, options) =>
      (await import("./config.ts")).configCommand(context, stack, options),
    );
}
