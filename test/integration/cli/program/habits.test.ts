/** Each command of the table "What one types first" is typed, and does what the table says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../../../../testing/cli.ts";
import { ROOT } from "../../../../testing/folders.ts";
import {
  hashAnswer,
  inspectAnswer,
  psLine,
  type Script,
} from "../../../../testing/scripted-docker/answers.ts";
import { documentText } from "../../../support/docs/documents.ts";
import { allCommands, documented, typedIn } from "../../../support/docs/typed.ts";
import { LAGO_PATH, SECRETS, SMALL } from "../../../support/sample.ts";
import { useProjects } from "../projects.ts";

const { host, project } = useProjects();

const DOCUMENT = "docs/everyday.md";

const PS = psLine("api") + psLine("api-worker") + psLine("db");
const RUNNING: Script = {
  "container ls": { stdout: "api-id\n" },
  ps: { stdout: PS },
  "exec --interactive": {},
};

/** Types a command of the documents about a project of its own. */
async function types(text: string, { script = RUNNING, more = [] as string[], env = {} } = {}) {
  const { name, docker } = project(script);
  const words = [...documented(text).matchAll(/'([^']*)'|\S+/g)].map(
    ([word, quoted]) => quoted ?? word,
  );
  const own = words.slice(1).map((word) => (word === "lago-dev" ? name : word));
  const hasProject = own.includes(name) || ["version", "-v"].includes(own[0] ?? "");
  const named = hasProject ? [] : ["-p", name];
  const result = await runCli(host, [...named, ...own, ...more], { env });
  return { ...result, name, docker };
}

describe("what one types first, and is done", { concurrent: true }, () => {
  it("shows the status", async () => {
    for (const { stdout } of [await types("./zbl ps"), await types("./zbl -p lago-dev ps")]) {
      expect(stdout).toMatch(/^api +Running +healthy/m);
    }
  });

  it("starts", async () => {
    const services = [{ service: "api" }, { service: "db" }, { service: "migrate" }];
    const migrated = psLine("migrate", { State: "exited", Health: "" });
    const { exitCode, docker } = await types("./zbl up -d", {
      script: {
        ...SMALL,
        ps: { stdout: PS + migrated },
        "container inspect": { stdout: inspectAnswer(...services) },
      },
      more: ["--path", LAGO_PATH],
      env: { SECRET_KEY_BASE: SECRETS.secretKeyBase },
    });
    expect(exitCode).toBe(0);
    expect(docker.call("up").args).toContain("--detach");
  });

  it("shows log lines", async () => {
    const script = { ...RUNNING, logs: { stdout: "api-1  | x\n" }, "events --format": {} };
    const followed = await types("./zbl logs -f api", { script });
    expect(followed.docker.call("logs").args).toEqual(expect.arrayContaining(["--follow", "api"]));
    const tail = await types("./zbl logs --tail 20", { script });
    const short = await types("./zbl logs -n 20 api", { script });
    for (const { exitCode, stdout, docker } of [tail, short]) {
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "api-1  | x\n" });
      expect(docker.call("logs").args).toContain("--tail=20");
    }
  });

  it("runs commands in containers", async () => {
    const cases = [
      [await types("./zbl exec api bash -c 'echo hi'"), ["bash", "-c", "echo hi"]],
      [await types("./zbl exec -it api sh"), ["sh"]],
      [await types("./zbl exec -T db true"), ["true"]],
      [await types("./zbl rails c"), ["bundle", "exec", "rails", "c"]],
      [await types("./zbl rails runner 'puts 1'"), ["bundle", "exec", "rails", "runner", "puts 1"]],
    ] as const;
    for (const [{ exitCode, docker }, command] of cases) {
      expect(exitCode).toBe(0);
      expect(docker.call("exec --interactive").args.slice(3)).toEqual(command);
    }
  });

  it("stops, starts and restarts", async () => {
    const stopped = await types("./zbl stop");
    expect(stopped.stdout).toContain("containers and data stay");
    const started = await types("./zbl start");
    expect(started.docker.call("start").args.at(-1)).toBe("start");
    const restarted = await types("./zbl restart api");
    expect(restarted.docker.call("restart").args.slice(-2)).toEqual(["--", "api"]);
    expect([stopped, started, restarted].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  });

  it("prints the release", async () => {
    for (const { stdout } of [await types("./zbl version"), await types("./zbl -v")]) {
      expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    }
  });

  it("shows what would change", async () => {
    const { exitCode, stdout } = await types("./zbl preview", {
      script: {
        ...SMALL,
        ps: { stdout: "" },
        "config --hash": { stdout: hashAnswer(["db", "migrate", "api"]) },
      },
      more: ["--path", LAGO_PATH],
      env: { SECRET_KEY_BASE: SECRETS.secretKeyBase },
    });
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^SERVICE +ACTION +WHY$/m),
    });
  });
});

describe("what one types first, and is answered", { concurrent: true }, () => {
  it("is answered with the service or the command that was meant", async () => {
    expect((await types("./zbl logs worker")).stderr).toContain("Did you mean api-worker?");
    expect((await types("./zbl stauts")).stderr).toContain("Did you mean status?");
  });

  it("is answered with the command that removes data", async () => {
    const { exitCode, stderr, docker, name } = await types("./zbl down -v");
    expect(exitCode).toBe(10);
    expect(stderr).toContain(`\`./zbl down --project ${name} --remove-volumes ${name}\``);
    expect(docker.calls()).toEqual([]);
  });

  it.each([
    ["docker stats", () => types("./zbl top")],
    ["docker stats", () => types("./zbl stats")],
    ["./zbl status", () => types("./zbl images")],
    ["./zbl pull", () => types("./zbl build")],
    ["./zbl down", () => types("./zbl rm")],
    ["./zbl stop", () => types("./zbl kill")],
    ["./zbl exec api sh", () => types("./zbl run")],
    ["./zbl up", () => types("./zbl deploy")],
    ["./zbl init", () => types("./zbl setup")],
    ["./zbl status", () => types("./zbl details")],
    ["./zbl logs", () => types("./zbl app logs")],
    ["./zbl rails", () => types("./zbl console")],
    ["docs/production.md#updates", () => types("./zbl rollback")],
    ["./zbl destroy", () => types("./zbl remove")],
    ["./zbl ls", () => types("./zbl stack ls")],
    ["./zbl status --json", () => types("./zbl stack output")],
    ["./zbl set --help", () => types("./zbl config set disableSignup true")],
    ["./zbl drift", () => types("./zbl refresh")],
    ["./zbl up", () => types("./zbl cancel")],
    ["docs/production.md#backup", () => types("./zbl backup")],
    ["docs/production.md#restore", () => types("./zbl restore")],
    ["docs/production.md#updates", () => types("./zbl upgrade")],
  ])("is answered with %s, in one line, before anything is asked (%#)", async (named, type) => {
    const { exitCode, stdout, stderr, docker } = await type();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(named);
    expect(stderr).toMatch(/^error: unknown command .*\n$/);
    expect(stderr).not.toContain("Did you mean");
    expect(docker.calls()).toEqual([]);
  });
});

it("is the whole table", () => {
  const lines = documentText(DOCUMENT).split("\n");
  const heading = lines.indexOf("## What one types first") + 1;
  expect(heading).toBeGreaterThan(0);
  const table = allCommands().filter(
    ({ document, line, mark }) =>
      document === DOCUMENT && line > heading && mark.endsWith("with ./zbl"),
  );
  const typed = typedIn(
    readFileSync(join(ROOT, "test/integration/cli/program/habits.test.ts"), "utf8"),
  );
  expect(typed.toSorted()).toEqual(table.map(({ text }) => text).toSorted());
});
