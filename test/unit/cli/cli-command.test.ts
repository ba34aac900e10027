import { describe, expect, it } from "vitest";
import { CliCommand } from "../../../src/cli/cli-command.ts";
import { acceptBeforeCommands } from "../../../src/cli/global-options.ts";
import { UsageError } from "../../../src/cli/usage-error.ts";
import { testContext } from "../../support/command-context.ts";

/** Parses a command line and returns what its command is given. */
function parsed(...words: string[]) {
  const calls: unknown[] = [];
  const program = new CliCommand("zbl").exitOverride();
  const command = (name: string) =>
    (program.command(name) as CliCommand)
      .option("-p, --project <name>")
      .option("-f, --file <name...>")
      .option("--json")
      .action((...given: unknown[]) => {
        calls.push(given.slice(0, -1));
      });
  command("status");
  (command("exec") as CliCommand)
    .leavesWordsAfter(1)
    .argument("<service>")
    .argument("<command...>")
    .option("-u, --user <user>")
    .option("-i, --interactive")
    .option("-t, --tty");
  program
    .command("keys")
    .command("export")
    .requiredOption("-s, --stack <name>")
    .action((options) => {
      calls.push([options]);
    });
  acceptBeforeCommands(program, testContext().context);
  program.parse(words, { from: "user" });
  return calls[0];
}

describe("words behind a service", () => {
  it.each<[string[], string[], object]>([
    [["api", "bash", "-c", "echo hi"], ["bash", "-c", "echo hi"], {}],
    [["-it", "api", "sh"], ["sh"], { interactive: true, tty: true }],
    [["api", "-p", "x", "--", "ls", "-l"], ["ls", "-l"], { project: "x" }],
    [["-u", "root", "api", "psql", "-p", "5432"], ["psql", "-p", "5432"], { user: "root" }],
    [["-uroot", "api", "ls", "--json"], ["ls", "--json"], { user: "root" }],
    [["--user=root", "api", "cat", "-"], ["cat", "-"], { user: "root" }],
    [["-itu", "root", "api", "ls"], ["ls"], { interactive: true, tty: true, user: "root" }],
    [["api", "--json", "sh", "--", "x"], ["sh", "--", "x"], { json: true }],
  ])("belong to another program: %j", (words, command, options) => {
    expect(parsed("exec", ...words)).toEqual(["api", command, options]);
  });

  it("are asked for where they are missing", () => {
    expect(() => parsed("exec", "api")).toThrow(/missing required argument 'command'/);
    expect(() => parsed("exec", "-x", "api", "ls")).toThrow(/unknown option '-x'/);
  });
});

describe("options before a command", () => {
  it.each<[string[], object]>([
    [["-p", "x", "status"], { project: "x" }],
    [["--project=x", "--json", "status"], { project: "x", json: true }],
    [["-p", "x", "status", "-p", "y"], { project: "y" }],
    [["-f", "a.yml", "-f", "b.yml", "status"], { file: ["a.yml", "b.yml"] }],
  ])("are given to it: %j", (words, options) => {
    expect(parsed(...words)).toEqual([options]);
  });

  it("are given to a command of a command", () => {
    expect(parsed("-s", "dev", "keys", "export")).toEqual([{ stack: "dev" }]);
  });

  it("are refused where the command has none of that name", () => {
    expect(() => parsed("-s", "dev", "status")).toThrow("'status' has no option '--stack'");
  });
});

it("throws wrong usage with the words at fault, and prints nothing", () => {
  const thrown = (() => {
    try {
      return parsed("keys", "exprt", "x");
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(UsageError);
  expect(thrown).toMatchObject({
    message: "unknown command 'exprt'. Did you mean export?",
    words: { command: ["keys"], args: ["exprt", "x"], isUnknownCommand: true },
  });
});
