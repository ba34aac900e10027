/** A destroy of a stack, with every answer of Pulumi and of the engine scripted. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { psLine } from "../../../testing/scripted-docker/answers.ts";
import { BEGUN, exported, failedUpdate, LOCKED, updated } from "../../support/stack-sample.ts";
import { destroy, RUNNING } from "./stack-run.ts";

const VOLUME = "lago-billing_lago_postgres_data";
const WITH_DATA = {
  "volume ls": { stdout: `${VOLUME}\n` },
  "volume inspect": { stdout: JSON.stringify([{ Name: VOLUME }]) },
};
const PULUMI = {
  stack: { stdout: exported({}) },
  destroy: {
    stdout: updated("project lago-billing: its volumes are kept. Keep its keys too: without them"),
  },
};
const NOTHING = { stdout: "" };

describe("a destroy", () => {
  it("is refused without a terminal and --yes, with the complete command, and touches nothing", async () => {
    const { exitCode, notes, ran } = await destroy({ pulumi: PULUMI });
    expect(exitCode).toBe(2);
    expect(ran).not.toContain("destroy");
    expect(notes).toMatch(/: \.\/zbl destroy prod --yes$/);
  });

  it("shows what goes and what stays, and asks for the stack's name", async () => {
    const wrong = await destroy({ pulumi: PULUMI, docker: WITH_DATA, answers: ["dev"] });
    expect(wrong.exitCode).toBe(EXIT_CODES.Canceled);
    expect(wrong.ran).not.toContain("destroy");
    const right = await destroy({ pulumi: PULUMI, docker: WITH_DATA, answers: ["prod"] });
    expect(right).toMatchObject({ exitCode: 0 });
    expect(right.asked).toEqual(["To go on, type the name of the stack (prod):"]);
    expect(right.notes).toContain("goes:  2 containers and the networks of project lago-billing");
    expect(right.notes).toContain(
      `stays: the data of project lago-billing, in its volumes ${VOLUME}`,
    );
    expect(right.calls).toContain(
      "destroy --yes --skip-preview --json --stack prod --non-interactive",
    );
  });

  it("says where data and keys are, and how to use both again", async () => {
    const { notes, folder } = await destroy({
      ...{ pulumi: PULUMI, docker: WITH_DATA, options: { yes: true } },
    });
    expect(notes).toMatch(/Data stays in the volumes, its keys in \S+destroyed\/prod:\S+\.json\./);
    expect(notes).toContain("Use both again on this machine: ./zbl up prod\n");
    expect(notes).toMatch(new RegExp(`docker volume rm ${VOLUME}$`));
    expect(notes).not.toContain("its volumes are kept");
    expect(readdirSync(join(folder, ".z-billing-lago", "destroyed"))).toHaveLength(1);
  });

  it("of a stack that removes its volumes says that the data is lost", async () => {
    const pulumi = { ...PULUMI, stack: { stdout: exported({ removeVolumes: true }) } };
    const { notes } = await destroy({ pulumi, docker: WITH_DATA, answers: [""] });
    expect(notes).toContain(`LOST:  all data of project lago-billing, with its volumes ${VOLUME}`);
    expect(notes).toContain("All data of the stack is lost for good.");
    expect(notes).not.toContain("stays:");
  });

  it("of what neither runs nor has data asks yes or no", async () => {
    const no = await destroy({ pulumi: PULUMI, ps: NOTHING, answers: [false] });
    expect(no.asked).toEqual(["Destroy stack prod?"]);
    expect(no.ran).not.toContain("destroy");
    expect(await destroy({ pulumi: PULUMI, ps: NOTHING, answers: [true] })).toMatchObject({
      exitCode: 0,
    });
  });

  it("of a protected stack is refused with our advice alone", async () => {
    const pulumi = { ...PULUMI, stack: { stdout: exported({ protect: true }) } };
    const { exitCode, notes, ran, folder } = await destroy({ pulumi, options: { yes: true } });
    expect(exitCode).toBe(5);
    expect(ran).toEqual(["whoami", "stack"]);
    expect(notes.split("\n")).toEqual([
      "Stack prod is protected, so nothing was destroyed.",
      "    Lift the protection: ./zbl set prod protect false",
      "    Apply that: ./zbl up prod",
      "    Destroy: ./zbl destroy prod --yes",
    ]);
    expect(existsSync(join(folder, ".z-billing-lago", "destroyed"))).toBe(false);
  });

  it("of protected resources beside Lago names them", async () => {
    const others = [
      { urn: "urn:pulumi:prod::p::aws:s3:Bucket::b", type: "aws:s3:Bucket", protect: true },
    ];
    const pulumi = { ...PULUMI, stack: { stdout: exported({ others }) } };
    const { exitCode, notes, ran } = await destroy({ pulumi, options: { yes: true } });
    expect(exitCode).toBe(5);
    expect(ran).not.toContain("destroy");
    expect(notes).toContain("nothing was destroyed: aws:s3:Bucket b.");
  });

  it("of an empty stack has nothing to do", async () => {
    const { exitCode, notes, ran } = await destroy({ pulumi: { stack: { stdout: exported() } } });
    expect(exitCode).toBe(0);
    expect(notes).toBe("Stack prod has nothing to destroy.");
    expect(ran).not.toContain("destroy");
  });
});

describe("a destroy that does not finish", () => {
  it("says what runs, and how to go on or back", async () => {
    const { exitCode, notes } = await destroy({
      pulumi: { ...PULUMI, destroy: failedUpdate("DaemonUnreachable: no answer") },
      ps: [RUNNING, { stdout: psLine("db") }],
      options: { yes: true },
    });
    expect(exitCode).toBe(EXIT_CODES.DaemonUnreachable);
    expect(notes.split("\n").slice(-5)).toEqual([
      "error: DaemonUnreachable: no answer",
      "Stack prod is not destroyed.",
      "Of project lago-billing, 1 of 2 services run; api is down. Touched: api.",
      "    Correct the cause, then go on: ./zbl destroy prod --yes",
      "    Or bring everything back: ./zbl up prod",
    ]);
  });

  it("says that it was Ctrl-C", async () => {
    const stop = new AbortController();
    const { exitCode, notes } = await destroy({
      pulumi: {
        ...PULUMI,
        destroy: { stdout: `${BEGUN}${updated("down").split("\n")[1]}\n`, hangs: true },
      },
      options: { yes: true },
      context: { signal: stop.signal, onNote: (text) => text === "down" && stop.abort() },
    });
    expect(exitCode).toBe(EXIT_CODES.Canceled);
    expect(notes).toContain("The destroy of stack prod was stopped by Ctrl-C.\n");
    expect(notes).toContain("Go on: ./zbl destroy prod --yes\n");
  });

  it("because another run works on the stack touches nothing", async () => {
    const { exitCode, notes } = await destroy({
      pulumi: { ...PULUMI, destroy: LOCKED },
      options: { yes: true },
    });
    expect(exitCode).toBe(EXIT_CODES.Locked);
    expect(notes).toContain("`destroy` of stack prod was not begun");
    expect(notes).toContain("held by ada@elsewhere (pid 4711) at 2026-01-02T03:04:05Z");
  });
});
