import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  lookupIn,
  parseProjectEnvFile,
} from "../../../../../src/compose/env-file/compose-environment.ts";
import { parseEnvFile } from "../../../../../src/compose/env-file/parse.ts";
import { DeployError } from "../../../../../src/errors.ts";
import {
  ACCEPTED,
  FORMS_ENVIRONMENT,
  REFUSED,
  REFUSED_FOR_PROJECTS,
} from "../../../../support/env-file-forms.ts";
import { type Read, readAsProject, readAsServices } from "./compose.ts";
import { envText, NAMES, PROCESS } from "./inputs.ts";

const SERVICES = 2000;
const PROJECTS = 40;
/** Files in one call of compose. */
const BATCH = 250;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "zbl-test-env-file-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const encode = (text: string) => new TextEncoder().encode(text);

function ours(read: () => Record<string, string>): Read {
  try {
    return { values: read() };
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      return { refusal: error.message };
    }
    throw error;
  }
}

/** Both as equal values where they agree. A message counts as one refusal, whatever its words. */
function comparable(read: Read | undefined): unknown {
  return read !== undefined && "values" in read
    ? Object.entries(read.values).sort(([a], [b]) => (a < b ? -1 : 1))
    : "refused";
}

function differences(texts: readonly string[], own: readonly Read[], theirs: readonly Read[]) {
  return texts
    .map((text, index) => ({ text, ours: own[index], compose: theirs[index] }))
    .filter(
      (one) => JSON.stringify(comparable(one.ours)) !== JSON.stringify(comparable(one.compose)),
    );
}

/** Differences on purpose: files that compose reads in some way, and that we refuse. */
const REFUSED_BY_US_ONLY: readonly (readonly [why: string, bytes: Uint8Array])[] = [
  ["bytes that are not UTF-8 reach containers as other ones", Buffer.from("A=\xe9\n", "latin1")],
  ["a zero byte is no text", Buffer.from("A=x\0y\n")],
  ["nobody nests so deep", Buffer.from(`A=${"${A:-".repeat(101)}x${"}".repeat(101)}\n`)],
];

describe("the reader of .env files", () => {
  it("has the named forms of compose", async () => {
    const texts = ACCEPTED.map(([, text]) => text);
    const theirs = await readAsServices(join(folder, "forms"), texts, FORMS_ENVIRONMENT);
    expect(ACCEPTED.map(([name], index) => [name, comparable(theirs[index])])).toEqual(
      ACCEPTED.map(([name, , values]) => [name, comparable({ values: { ...values } })]),
    );
    for (const [name, text] of REFUSED) {
      const [read] = await readAsServices(join(folder, "refused"), [text], FORMS_ENVIRONMENT);
      expect([name, comparable(read)]).toEqual([name, "refused"]);
    }
    for (const [name, text] of REFUSED_FOR_PROJECTS) {
      const read = await readAsProject(join(folder, "project"), text, NAMES, FORMS_ENVIRONMENT);
      expect([name, comparable(read)]).toEqual([name, "refused"]);
    }
  });

  it.each(REFUSED_BY_US_ONLY)("differs on purpose: %s", async (_, bytes) => {
    expect(comparable(ours(() => ({ ...parseEnvFile(bytes, "a.env").variables })))).toBe("refused");
    const [read] = await readAsServices(join(folder, "ours"), [bytes], {});
    expect(comparable(read)).not.toBe("refused");
  });

  it(`reads ${SERVICES} files of services as compose does`, { timeout: 180_000 }, async () => {
    const texts = fc.sample(envText, SERVICES);
    const own = texts.map((text) =>
      ours(() => ({ ...parseEnvFile(encode(text), "a.env", lookupIn(PROCESS)).variables })),
    );
    const theirs: Read[] = new Array(texts.length);
    const read = async (name: string, indexes: readonly number[]) => {
      const chosen = indexes.map((index) => texts[index] ?? "");
      const found = await readAsServices(join(folder, name), chosen, PROCESS);
      for (const [at, index] of indexes.entries()) {
        theirs[index] = found[at] as Read;
      }
    };
    const all = texts.map((_, index) => index);
    const accepted = all.filter((index) => "values" in (own[index] as Read));
    const refused = all.filter((index) => !accepted.includes(index));
    for (let at = 0; at < accepted.length; at += BATCH) {
      await read("accepted", accepted.slice(at, at + BATCH));
    }
    // Compose tells of one refused file a call.
    for (let at = 0; at < refused.length; at += 2) {
      const pair = refused.slice(at, at + 2);
      await Promise.all(pair.map((one, side) => read(`refused-${side}`, [one])));
    }
    expect(differences(texts, own, theirs)).toEqual([]);
    expect(accepted.length).toBeGreaterThan(SERVICES * 0.7);
    expect(refused.length).toBeGreaterThan(SERVICES * 0.02);
  });

  it(`reads ${PROJECTS} files of projects as compose does`, { timeout: 180_000 }, async () => {
    const texts = fc.sample(envText, PROJECTS);
    const own: Read[] = [];
    const theirs: Read[] = [];
    for (const text of texts) {
      own.push(
        ours(() => {
          const { variables } = parseProjectEnvFile(encode(text), "a.env", PROCESS);
          const all = Object.entries({ ...variables, ...PROCESS });
          return Object.fromEntries(all.filter(([name]) => NAMES.includes(name)));
        }),
      );
      theirs.push(await readAsProject(join(folder, "project"), text, NAMES, PROCESS));
    }
    expect(differences(texts, own, theirs)).toEqual([]);
  });
});
