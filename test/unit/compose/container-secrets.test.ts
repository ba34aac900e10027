import { describe, expect, it, vi } from "vitest";
import { containerSecrets } from "../../../src/compose/container-secrets.ts";
import { parseEnvironments } from "../../../src/compose/environments.ts";
import { DeployError } from "../../../src/errors.ts";

describe("parseEnvironments", () => {
  it.each<[string, Record<string, string>[]]>([
    ["", []],
    ["null\n", [{}]],
    ['["A=1","B=a=b\\nc"]\n["C="]\n', [{ A: "1", B: "a=b\nc" }, { C: "" }]],
    ['["NAME_ALONE","=odd"]', [{ NAME_ALONE: "", "": "odd" }]],
  ])("reads %j", (text, expected) => {
    expect(parseEnvironments(text)).toEqual(expected);
  });

  it.each(["{}", "[1]", '"A=1"', "A=1", '["SECRET_KEY_BASE=hunter2-hunter2"'])(
    "refuses %j and shows nothing of it",
    (text) => {
      expect(() => parseEnvironments(text)).toThrow(
        expect.objectContaining({
          kind: "ParseError",
          message: expect.not.stringContaining("hunter2"),
        }),
      );
    },
  );
});

describe("containerSecrets", () => {
  const environment = (...entries: string[]) => `${JSON.stringify(entries)}\n`;

  it("takes two calls, however many containers there are", async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `id-${n}`);
    const ask = vi.fn(async (args: readonly string[]) =>
      args[1] === "ls"
        ? `${ids.join("\n")}\n`
        : ids.map((id) => environment(`SECRET_KEY_BASE=key of ${id}`, "RAILS_ENV=x")).join(""),
    );
    const secrets = await containerSecrets("lago-test", ask);
    expect(secrets).toEqual(ids.map((id) => `key of ${id}`));
    expect(ask.mock.calls.map(([args]) => args.slice(0, 2).join(" "))).toEqual([
      "container ls",
      "container inspect",
    ]);
    expect(ask.mock.calls[0]?.[0]).toContain("label=com.docker.compose.project=lago-test");
    expect(ask.mock.calls[1]?.[0].slice(-50)).toEqual(ids);
  });

  it("asks no more where there is no container", async () => {
    const ask = vi.fn(async () => "");
    expect(await containerSecrets("lago-test", ask)).toEqual([]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("looks again when a container went meanwhile", async () => {
    const gone = new DeployError("CommandFailed", "", { stderr: "No such container: a" });
    const ask = vi
      .fn()
      .mockResolvedValueOnce("a\nb\n")
      .mockRejectedValueOnce(gone)
      .mockResolvedValueOnce("b\n")
      .mockResolvedValueOnce(environment("MY_TOKEN=left"));
    expect(await containerSecrets("lago-test", ask)).toEqual(["left"]);
  });
});
