import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { keysChanged, keysChangedText } from "../../../src/keys/message.ts";
import { GUARDED_KEY_NAMES as KEY_NAMES, LAGO_KEYS } from "../../../src/lago/lago-keys.ts";

describe("what a person is told of keys that do not fit", () => {
  it.each(LAGO_KEYS.filter(({ loss }) => loss !== undefined))(
    "says of $name what is lost and the command that gives it back",
    (key) => {
      const text = keysChangedText("lago-prod", [{ name: key.name, kind: "other" }]);
      expect(text).toContain("Project lago-prod");
      expect(text).toContain(`${key.name} (${key.variables.at(-1)})`);
      expect(text).toContain(key.loss);
      expect(text).toContain(`Give the old one back: ./zbl set ${key.setting}\n`);
      expect(text).toContain(`./zbl set allowKeyChange ${key.name} (`);
      expect(text).toContain(`--allow-key-change ${key.name}`);
      expect(text).toContain("./zbl down --project lago-prod --remove-volumes lago-prod");
      expect(text).toContain("keys recover --project lago-prod --to-stdout");
      const others = KEY_NAMES.filter((name) => name !== key.name);
      expect(others.filter((name) => text.includes(name))).toEqual([]);
    },
  );

  it("names all of several, and how to change the password in the database only where it matters", () => {
    const all = KEY_NAMES.map((name) => ({ name, kind: "missing" as const }));
    const text = keysChangedText("lago-prod", all);
    for (const name of KEY_NAMES) {
      expect(text).toContain(`./zbl set allowKeyChange ${name}`);
    }
    expect(text).toContain("ALTER USER lago");
    expect(keysChangedText("lago-prod", all.slice(0, 1))).not.toContain("ALTER USER");
  });

  it("names the stack and the very setting, and takes back what the state still has", () => {
    const found = (["secretKeyBase", "postgresPassword"] as const).map((name) => ({
      name,
      kind: "other" as const,
    }));
    const text = keysChangedText("lago-prod", found, {
      stack: "prod",
      sources: { postgresPassword: "settings.database.password" },
      inState: ["secretKeyBase"],
    });
    expect(text).toContain("To use that again: ./zbl unset prod secretKeyBase\n");
    expect(text).toContain("Give the old one back: ./zbl set prod settings.database.password\n");
    expect(text).toContain("./zbl keys import --stack prod");
    expect(text).toContain("./zbl keys recover --project lago-prod --stack prod");
    expect(text).toContain("./zbl set prod allowKeyChange secretKeyBase; ");
  });

  it("keeps its lines short enough for the command line, which cuts them", () => {
    const all = KEY_NAMES.map((name) => ({ name, kind: "unproven" as const }));
    const longest = Math.max(
      ...keysChangedText("lago-prod", all)
        .split("\n")
        .map((l) => l.length),
    );
    expect(longest).toBeLessThan(1_000);
  });

  it("has a kind and an exit code of its own", () => {
    const error = keysChanged("lago-prod", [{ name: "secretKeyBase", kind: "other" }]);
    expect(error.kind).toBe("KeysChanged");
    const codes = Object.values(EXIT_CODES);
    expect(codes.filter((code) => code === EXIT_CODES.KeysChanged)).toHaveLength(1);
  });
});
