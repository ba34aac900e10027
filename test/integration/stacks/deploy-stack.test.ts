/** A deploy of a stack, with every answer of Pulumi and of the engine scripted. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT_CODES, PIPELINE_EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { psLine } from "../../../testing/scripted-docker/answers.ts";
import {
  BEGUN,
  exported,
  failedUpdate,
  LOCKED,
  previewed,
  recreated,
  refused,
  started,
  stays,
  updated,
} from "../../support/stack-sample.ts";
import { deploy, RUNNING } from "./stack-run.ts";

const STATE = { stack: { stdout: exported({}) } };
const CHANGE = { stdout: previewed({ changes: true, services: [stays("db"), recreated("api")] }) };
const UP = {
  up: { stdout: updated("project lago-billing: starting 2 services", "api: healthy after 3.1 s") },
};
const CHANGED = { ...STATE, ...UP, preview: CHANGE };
const NOTHING = { stdout: "" };

const API_DOWN = { stdout: psLine("api", { State: "created", Health: "" }) + psLine("db") };

describe("a change of what is in use", () => {
  it("is refused without a terminal and --yes, with the complete command, and touches nothing", async () => {
    const { exitCode, notes, ran } = await deploy({ pulumi: CHANGED });
    expect(exitCode).toBe(2);
    expect(ran).not.toContain("up");
    expect(notes).toMatch(/^api +recreated +variable LAGO_FROM_EMAIL/m);
    expect(notes).toContain("Down for a moment, in this order: api");
    expect(notes).toContain("Stack prod runs, and there is no terminal");
    expect(notes).toMatch(/: \.\/zbl up prod --yes$/);
  });

  it("is made with --yes, and tells each service that is ready", async () => {
    const absent = "warning: Undefined value (login) will not show as a stack output.";
    const up = { stdout: updated(absent, "api: healthy after 3.1 s") };
    const run = await deploy({ pulumi: { ...CHANGED, up }, options: { yes: true } });
    expect(run.notes).not.toContain("Undefined value");
    expect(run.exitCode).toBe(0);
    expect(run.calls).toContain(
      "up --yes --skip-preview --refresh --json --stack prod --non-interactive",
    );
    expect(run.notes).toContain("api: healthy after 3.1 s");
    expect(run.results).toMatch(/^api +Running +healthy/m);
    expect(run.results).toContain(
      "Lago's front: http://localhost:8080\nLago's API:   http://localhost:3000",
    );
  });

  it("is asked for on a terminal, after the plan", async () => {
    const yes = await deploy({ pulumi: CHANGED, answers: [true] });
    expect(yes.asked).toEqual(["Deploy these changes to stack prod?"]);
    expect(yes).toMatchObject({ exitCode: 0 });
    const no = await deploy({ pulumi: CHANGED, answers: [false] });
    expect(no.exitCode).toBe(EXIT_CODES.Canceled);
    expect(no.ran).not.toContain("up");
    expect(no.notes).toMatch(/Nothing was changed in stack prod\.$/);
  });

  it("is shown as Pulumi shows it when that is asked for", async () => {
    const options = { yes: true, verbose: true };
    const { calls, exitCode } = await deploy({
      pulumi: { ...STATE, preview: CHANGE, up: {} },
      options,
    });
    expect(exitCode).toBe(0);
    expect(calls).toContain("up --yes --skip-preview --refresh --suppress-outputs --stack prod");
  });

  it("follows the services in a table on a terminal", async () => {
    const { screen, notes } = await deploy({
      pulumi: CHANGED,
      answers: [true],
      context: { columns: 100 },
    });
    expect(screen).toMatch(/lago-billing: \d of 2 services ready/);
    expect(notes).not.toContain("api: healthy after");
  });
});

describe("a deploy that needs no answer", () => {
  it("changes nothing where there is nothing to change", async () => {
    const preview = { stdout: previewed({ services: [stays("db"), stays("api")] }) };
    const { exitCode, notes, ran, results } = await deploy({ pulumi: { ...STATE, preview } });
    expect(exitCode).toBe(0);
    expect(ran).toEqual(["whoami", "stack", "preview", "stack"]);
    expect(notes).toContain("Stack prod is deployed as declared: nothing to change.");
    expect(results).toContain("http://localhost:3000");
  });

  it("is a first start, which ends with the next steps on a terminal", async () => {
    const pulumi = {
      ...{ preview: CHANGE, ...UP },
      stack: [{ stdout: exported() }, { stdout: exported({}) }],
    };
    const ps = [NOTHING, RUNNING];
    const { exitCode, asked, results } = await deploy({
      ...{ pulumi, ps, answers: [] },
      context: { columns: 100 },
    });
    expect(exitCode).toBe(0);
    expect(asked).toEqual([]);
    expect(results).toContain("Undo, data stays: ./zbl destroy prod");
    expect(results).toContain("Sign up in the browser: http://localhost:8080");
    expect(results).not.toContain("HTTPS");
    const piped = await deploy({ pulumi, ps });
    expect(piped).toMatchObject({ exitCode: 0 });
    expect(piped.results).not.toContain("destroy");
  });

  it("tells after a first start who is to speak HTTPS", async () => {
    const urls = { frontUrl: "https://lago.acme.example", apiUrl: "https://api.acme.example" };
    const pulumi = {
      ...{ preview: CHANGE, ...UP },
      stack: [{ stdout: exported() }, { stdout: exported({ urls }) }],
    };
    const { results } = await deploy({ pulumi, ps: [NOTHING, RUNNING] });
    expect(results).toContain(
      "This deployment speaks no HTTPS: https://lago.acme.example and https://api.acme.example answer once a proxy",
    );
  });

  it("goes on with a first start that failed half-way", async () => {
    const stack = [{ stdout: exported({ deployed: false }) }, { stdout: exported({}) }];
    const { exitCode, ran } = await deploy({ pulumi: { ...CHANGED, stack } });
    expect(exitCode).toBe(0);
    expect(ran).toContain("up");
  });

  it("heals what had ended, but asks where that stops what runs", async () => {
    const healing = { stdout: previewed({ services: [stays("db"), started("api")] }) };
    const healed = await deploy({
      pulumi: { ...CHANGED, preview: healing },
      ps: [API_DOWN, RUNNING],
    });
    expect(healed).toMatchObject({ exitCode: 0 });
    expect(healed.ran).toContain("up");
    const replacing = { stdout: previewed({ services: [stays("db"), recreated("api")] }) };
    expect(await deploy({ pulumi: { ...CHANGED, preview: replacing } })).toMatchObject({
      exitCode: 2,
    });
  });

  it("makes the stack only when told to", async () => {
    const made = await deploy({ pulumi: CHANGED, options: { yes: true, create: true } });
    expect(made.calls[1]).toBe("stack select --create --stack prod --non-interactive");
    const other = await deploy({ pulumi: CHANGED, options: { yes: true } });
    expect(other.calls.join()).not.toContain("--create");
  });

  it("uses the keys of data that a destroy has kept", async () => {
    const { calls, notes, exitCode, folder } = await deploy({
      pulumi: {
        ...UP,
        preview: { stdout: previewed({ services: [started("api")] }) },
        stack: [{ stdout: exported() }, {}, { stdout: exported({}) }],
      },
      ps: [NOTHING, RUNNING],
      docker: {
        "volume ls": { stdout: "lago-billing_lago_postgres_data\n" },
        "volume inspect": { stdout: JSON.stringify([{ Name: "lago-billing_lago_postgres_data" }]) },
      },
      before: ({ folder: home }) => {
        const destroyed = join(home, ".z-billing-lago", "destroyed");
        mkdirSync(destroyed, { recursive: true });
        writeFileSync(join(destroyed, "prod:2026-01-01.json"), exported({}));
      },
    });
    expect(exitCode).toBe(0);
    expect(calls.join("\n")).toMatch(/stack import --file \S+prod:2026-01-01.json/);
    expect(notes).toContain("destroyed before, and its data kept");
    expect(readdirSync(join(folder, ".z-billing-lago", "destroyed"))).toEqual([]);
  });
});

describe("data at stake", () => {
  const risk = "volume lago-billing_data does not exist and would be made EMPTY";
  const preview = { stdout: previewed({ changes: true, risk, services: [recreated("db")] }) };
  const pulumi = { ...CHANGED, preview };

  it("ends a run that nobody can answer, even with --yes", async () => {
    const { exitCode, ran, notes } = await deploy({ pulumi, options: { yes: true } });
    expect(exitCode).toBe(PIPELINE_EXIT_CODES.refused);
    expect(ran).not.toContain("up");
    expect(notes).toContain(`DATA AT STAKE: ${risk}.`);
    expect(notes).toMatch(/To answer, run on a terminal: \.\/zbl up prod$/);
  });

  it("is accepted by the name of the stack alone", async () => {
    const options = { yes: true };
    const wrong = await deploy({ pulumi, options, answers: ["prdo"] });
    expect(wrong.exitCode).toBe(EXIT_CODES.Canceled);
    expect(wrong.ran).not.toContain("up");
    const right = await deploy({ pulumi, options, answers: ["prod"] });
    expect(right.asked).toEqual(["To go on, type the name of the stack (prod):"]);
    expect(right.ran).toContain("up");
  });
});

describe("a deploy that fails", () => {
  const ERROR =
    "exit status 43: running \"exec node -e '…'\" -- up --json:\nerror: CrashLoop: Service api crashes.";

  it("before it began says the reasons once, in plain words, and what runs", async () => {
    const inFront = "pulumi-nodejs:dynamic/lago:Project resource 'lago-project' has a problem: ";
    const { exitCode, notes } = await deploy({
      pulumi: {
        ...CHANGED,
        preview: refused(
          `${inFront}PortTaken: port 80 is held by nginx`,
          "PortTaken: port 80 is held by nginx",
        ),
      },
    });
    expect(exitCode).toBe(EXIT_CODES.PortTaken);
    expect(notes.match(/PortTaken/g)).toHaveLength(1);
    expect(notes).not.toContain("has a problem");
    expect(notes).toContain(
      "Nothing was touched in stack prod. All 2 services of project lago-billing run.",
    );
    expect(notes).toMatch(/Correct that, then: \.\/zbl up prod$/);
    expect(notes).not.toContain("destroy");
  });

  it("in a stack that was deployed says what runs and what was touched, and never to destroy", async () => {
    const { exitCode, notes } = await deploy({
      pulumi: { ...CHANGED, up: failedUpdate(ERROR) },
      ps: [RUNNING, API_DOWN],
      options: { yes: true },
    });
    expect(exitCode).toBe(EXIT_CODES.CrashLoop);
    expect(notes.split("\n").slice(-4)).toEqual([
      "error: CrashLoop: Service api crashes.",
      "The update of stack prod failed.",
      "Of project lago-billing, 1 of 2 services run; api is down. Touched: api.",
      "    Correct the cause, then go on: ./zbl up prod --yes",
    ]);
    expect(notes).not.toMatch(/destroy|exit status|exec node/);
  });

  it("says that nothing was touched where that is so", async () => {
    const { notes } = await deploy({
      pulumi: { ...CHANGED, up: failedUpdate("ImageNotFound: no getlago/api:v9") },
      options: { yes: true },
    });
    expect(notes).toContain(
      "All 2 services of project lago-billing run. None of its services was touched.",
    );
  });

  it("in a first start may be removed again", async () => {
    const { notes } = await deploy({
      pulumi: { preview: CHANGE, stack: { stdout: exported() }, up: failedUpdate(ERROR) },
      ps: [NOTHING, API_DOWN],
    });
    expect(notes).toContain("The first start of stack prod failed.");
    expect(notes).toMatch(/Or remove what was begun: \.\/zbl destroy prod$/);
  });

  it("because another run works on the stack says who and since when, and how to go on", async () => {
    const { exitCode, notes } = await deploy({
      pulumi: { ...CHANGED, up: LOCKED },
      options: { yes: true },
    });
    expect(exitCode).toBe(EXIT_CODES.Locked);
    expect(notes).toContain("held by ada@elsewhere (pid 4711) at 2026-01-02T03:04:05Z");
    expect(notes).toContain("Run the same command again when that run is done.\n");
    expect(notes).toContain("`npm run pulumi -- cancel --yes --stack prod`");
    expect(notes).not.toMatch(/destroy|--lock-timeout|delete the lock file/);
  });
});

describe("Ctrl-C", () => {
  it("in the middle says so, which services are down because of it, and how to go on", async () => {
    const stop = new AbortController();
    const { exitCode, notes } = await deploy({
      pulumi: {
        ...CHANGED,
        up: { stdout: `${BEGUN}${updated("starting").split("\n")[1]}\n`, hangs: true },
      },
      ps: [RUNNING, API_DOWN],
      options: { yes: true },
      context: { signal: stop.signal, onNote: (text) => text === "starting" && stop.abort() },
    });
    expect(exitCode).toBe(EXIT_CODES.Canceled);
    expect(notes).toContain("The update of stack prod was stopped by Ctrl-C.\n");
    expect(notes).toContain("1 of 2 services run; api is down. Stopped by this run: api.");
    expect(notes).toMatch(/Go on: \.\/zbl up prod --yes$/);
    expect(notes).not.toMatch(/destroy|signal: killed/);
  });

  it("before the update changes nothing", async () => {
    const stop = new AbortController();
    const { exitCode, notes, ran } = await deploy({
      pulumi: { ...CHANGED, preview: { hangs: true } },
      context: { signal: stop.signal, onNote: (text) => /looking/.test(text) && stop.abort() },
    });
    expect(exitCode).toBe(EXIT_CODES.Canceled);
    expect(notes).toMatch(
      /Stopped by Ctrl-C: nothing was changed in stack prod\.\n +Go on: \.\/zbl up prod$/,
    );
    expect(ran).not.toContain("up");
  });
});
