import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseKeysText } from "../../../../src/keys/saved-keys.ts";
import { GUARDED_KEY_NAMES } from "../../../../src/lago/lago-keys.ts";
import { keysIn, KEYS as MADE } from "../../keys/sample.ts";
import { fileWith, onTerminal, runKeys, stateOf } from "../run-keys.ts";

const { redisPassword, ...KEYS } = MADE;

describe("keys export", () => {
  it("prints what keys import reads, for another program", async () => {
    const { results, calls } = await runKeys(["export", "-s", "prod"], stateOf("lago-prod"));
    expect(parseKeysText(results[0] ?? "")).toEqual({ projectName: "lago-prod", keys: KEYS });
    expect(results.join()).not.toContain(redisPassword);
    expect(calls).toEqual(["stack export --show-secrets --stack prod --non-interactive"]);
  });

  it("does not show keys on a terminal unless told to", async () => {
    onTerminal("stdout");
    const refused = await runKeys(["export", "-s", "prod"], stateOf("lago-prod"));
    expect(refused.error?.kind).toBe("InvalidConfig");
    expect([refused.calls, refused.results]).toEqual([[], []]);
    const told = await runKeys(["export", "-s", "prod", "--to-terminal"], stateOf("lago-prod"));
    expect(keysIn(told.results.join())).toEqual([...GUARDED_KEY_NAMES]);
  });

  it("makes a file for its owner alone, and never writes over one", async () => {
    const file = `${fileWith("")}.new`;
    const { results } = await runKeys(["export", "-s", "prod", "-o", file], stateOf("lago-prod"));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(parseKeysText(readFileSync(file, "utf8")).keys).toEqual(KEYS);
    expect(keysIn(results.join())).toEqual([]);
    const again = await runKeys(["export", "-s", "prod", "-o", file], stateOf("other"));
    expect(again.error?.message).toContain("there already");
    expect(parseKeysText(readFileSync(file, "utf8")).projectName).toBe("lago-prod");
  });

  it("says that a file cannot be made", async () => {
    const file = join(fileWith(""), "no-folder", "keys.json");
    const { error } = await runKeys(["export", "-s", "prod", "-o", file], stateOf("lago-prod"));
    expect(error?.kind).toBe("PathNotFound");
  });

  it("asks which deployment is meant when there are several, and says when there is none", async () => {
    const both = stateOf("lago-a", "lago-b");
    const several = await runKeys(["export", "-s", "prod"], both);
    expect(several.error?.message).toContain("lago-a, lago-b");
    const one = await runKeys(["export", "-s", "prod", "-p", "lago-b"], both);
    expect(parseKeysText(one.results[0] ?? "").projectName).toBe("lago-b");
    const none = await runKeys(["export", "-s", "prod"], stateOf());
    expect(none.error?.message).toContain("deploys no Lago");
  });

  it("tells of a pulumi that fails, is missing, or prints something else", async () => {
    const failed = await runKeys(["export", "-s", "prod"], "", 255);
    expect(failed.error).toMatchObject({ kind: "CommandFailed", exitCode: 255 });
    const strange = await runKeys(["export", "-s", "prod"], "no json");
    expect(strange.error?.kind).toBe("ParseError");
    const other = stateOf("lago-prod").replaceAll("plaintext", "ciphertext");
    const encrypted = await runKeys(["export", "-s", "prod"], other);
    expect(encrypted.error?.kind).toBe("ParseError");
  });
});

describe("the stack of keys export", () => {
  it("is the one of the argument", async () => {
    const { calls } = await runKeys(["export", "prod"], stateOf("lago-prod"));
    expect(calls).toEqual(["stack export --show-secrets --stack prod --non-interactive"]);
  });

  it("is the selected one where none is named, and named then", async () => {
    const { calls, notes } = await runKeys(["export"], stateOf("lago-dev"));
    expect(notes).toEqual(["Stack dev (selected)"]);
    expect(calls).toEqual(["stack export --show-secrets --stack dev --non-interactive"]);
  });

  it("has to exist", async () => {
    const { error, calls } = await runKeys(["export", "prdo"], stateOf("lago-prod"));
    expect(error?.message).toContain("There is no stack prdo. Did you mean prod?");
    expect(calls).toEqual([]);
  });
});
