import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Argument, Command, Option } from "commander";
import { describe, expect, it } from "vitest";
import { candidates } from "../../../src/cli/completion/candidates.ts";
import { candidatesOf } from "../../../src/cli/completion/names.ts";
import { lineFor, SCRIPTS, SHELLS } from "../../../src/cli/completion/scripts.ts";
import { run } from "../../../src/process/run.ts";
import { CLI, runCli } from "../../../testing/cli.ts";
import { listedLine } from "../../../testing/scripted-docker/answers.ts";
import { useProjects } from "./projects.ts";

const { host, folder, project } = useProjects();

const program = new Command("zbl").option("-p, --project <name>", "compose project");
program
  .command("logs")
  .alias("log")
  .description("show the last log lines")
  .argument("[service...]")
  .option("-p, --project <name>", "compose project")
  .option("-n, --tail <lines>", "number of lines")
  .option("-f, --follow", "go on")
  .addOption(new Option("--policy <policy>", "when").choices(["missing", "always"]))
  .addOption(new Option("--old").hideHelp());
program
  .command("exec")
  .argument("<service>")
  .argument("<command...>")
  .option("-p, --project <name>");
program.command("complete").addArgument(new Argument("<shell>").choices(["bash", "zsh"]));
program.command("hidden", { hidden: true });
const keys = program.command("keys");
keys.command("export").option("-s, --stack <name>", "stack");

const values = (...words: string[]) => candidates(program, words).known.map(({ value }) => value);

describe("what may stand next", () => {
  it.each<[string, string[], string[]]>([
    ["commands", [""], ["logs", "log", "exec", "complete", "keys", "help"]],
    ["commands that begin so", ["e"], ["exec"]],
    [
      "options of the command",
      ["logs", "--"],
      ["--project", "--tail", "--follow", "--policy", "--help"],
    ],
    ["options of a command by another name", ["log", "--fo"], ["--follow"]],
    ["options behind one before the command", ["-p", "x", "logs", "--fo"], ["--follow"]],
    ["options that begin so", ["logs", "api", "--fo"], ["--follow"]],
    ["options behind an option with its value", ["logs", "-n", "5", "--t"], ["--tail"]],
    ["choices of an option", ["logs", "--policy", ""], ["missing", "always"]],
    ["choices of an argument", ["complete", "z"], ["zsh"]],
    ["commands of a command", ["keys", ""], ["export", "help"]],
    ["its options", ["keys", "export", "--st"], ["--stack"]],
    ["nothing for the value of an option", ["logs", "--tail", ""], []],
    ["nothing behind --", ["exec", "api", "--", "l"], []],
  ])("%s", (_, words, expected) => {
    expect(values(...words)).toEqual(expected);
  });

  it.each<[string, string[], string, string?]>([
    ["services", ["logs", ""], "services"],
    ["services of the project", ["logs", "-p", "lago-dev", "a"], "services", "lago-dev"],
    ["with =", ["logs", "--project=lago-dev", ""], "services", "lago-dev"],
    ["as bash cuts it", ["logs", "--project", "=", "lago-dev", ""], "services", "lago-dev"],
    ["of a project before the command", ["-p", "lago-dev", "logs", ""], "services", "lago-dev"],
    ["one more service", ["logs", "-f", "api", ""], "services"],
    ["projects", ["logs", "-p", ""], "projects"],
    ["projects, as bash cuts it", ["logs", "--project", "="], "projects"],
  ])("names are asked for: %s", (_, words, names, project) => {
    const found = candidates(program, words);
    expect(found).toMatchObject({ known: [], names });
    expect(found.given?.get("--project")).toBe(project);
  });

  it("no names where a command takes none", () => {
    expect(candidates(program, ["exec", "api", ""])).toEqual({ known: [] });
  });
});

it("names are read once each, without what a terminal takes for a command", () => {
  const names = ["lago-dev", "lago-dev", "other", "", "x\u001b[2J"];
  expect(candidatesOf(names).map(({ value }) => value)).toEqual(["lago-dev", "other", "x"]);
});

it.each([
  ["bash", "a:b"],
  ["zsh", "a\\:b:what: it is"],
  ["fish", "a:b\twhat: it is"],
] as const)("a line for %s", (shell, expected) => {
  expect(lineFor(shell, { value: "a:b", description: "what: it is" })).toBe(expected);
});

describe("the command line", { concurrent: true }, () => {
  it.each(SHELLS)("prints the script of %s", async (shell) => {
    const { stdout, exitCode } = await runCli(host, ["complete", shell]);
    expect({ stdout, exitCode }).toEqual({ stdout: `${SCRIPTS[shell]}\n`, exitCode: 0 });
  });

  it("knows the services of a project, and keeps quiet where no engine answers", async () => {
    const { name } = project({
      "container ls": [
        { stdout: ["api", "api-worker", "db"].map((service) => listedLine({ service })).join("") },
        { exitCode: 1, stderr: "no" },
      ],
    });
    const args = ["complete-words", "bash", "--", "logs", "-p", name, "ap"];
    expect((await runCli(host, args)).stdout).toBe("api\napi-worker\n");
    expect(await runCli(host, args)).toMatchObject({ stdout: "", stderr: "", exitCode: 0 });
  });

  it("is not told of the command that only shells call", async () => {
    expect((await runCli(host, ["--help"])).stdout).not.toContain("complete-words");
  });
});

describe("the script of bash", () => {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const name of ["zbl", "z-billing-lago"]) {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec ${process.execPath} ${CLI} "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }

  /** What bash is told when somebody asks for completion behind these words. */
  async function complete(program: string, ...words: string[]) {
    const script = `source <(zbl complete bash); source <(zbl complete bash)
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      [[ $(complete -p "\${1##*/}") =~ -F\\ ([^ ]+) ]] && "\${BASH_REMATCH[1]}" "$1"
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const args = ["--norc", "--noprofile", "-c", script, "bash", program, ...words];
    const path = [bin, host.path, "/usr/bin", "/bin"].join(":");
    const result = await run("bash", args, { env: { PATH: path }, timeoutMs: 25_000, cwd: folder });
    return { ...result, found: result.stdout.split("\n").filter((line) => line !== "") };
  }

  it.each(["zbl", "z-billing-lago", "./bin/zbl"])(
    "completes %s, without any other package, also when it is read twice",
    async (program) => {
      const { found, stderr } = await complete(program, "status", "--wa");
      expect({ found, stderr }).toEqual({ found: ["--watch"], stderr: "" });
    },
  );

  it("runs nothing of what has been typed, and writes to no file", async () => {
    const file = join(folder, "keys.json");
    writeFileSync(file, "precious");
    const typed = ["keys", "export", "$(touch oops)", "`touch oops`", ";touch", "oops", ">", file];
    await complete("zbl", ...typed, "--st");
    const { stdout } = await run("/bin/sh", ["-c", `cat ${file}; ls ${folder}`], {
      env: {},
      timeoutMs: 5_000,
    });
    expect(stdout).toContain("precious");
    expect(stdout).not.toContain("oops");
  });
});
