import { describe, expect, it } from "vitest";
import { groupFault, namedSetting, unknownSetting } from "../../../../src/cli/set/named-setting.ts";
import { VARIABLES } from "../../../../src/lago/catalogue/index.ts";
import { STACK_SETTING_NAMES } from "../../../../src/spec/names.ts";

describe("a setting by its name", () => {
  it.each([
    ["version", ["version"], "text", false],
    ["logTail", ["logTail"], "number", false],
    ["protect", ["protect"], "boolean", false],
    ["disableSignup", ["disableSignup"], "boolean", false],
    ["databaseUrl", ["databaseUrl"], "text", true],
    ["ports.api", ["ports", "api"], "number", false],
    ["ports.address", ["ports", "address"], "text", false],
    ["workers.events.count", ["workers", "events", "count"], "number", false],
    ["workers.concurrency", ["settings", "workers", "concurrency"], "number", false],
    ["memoryLimits.api", ["memoryLimits", "api"], "text", false],
    ["allowUnsafe", ["allowUnsafe"], "list", false],
    ["mail.from", ["settings", "mail", "from"], "text", false],
    ["settings.mail.smtpPort", ["settings", "mail", "smtpPort"], "number", false],
    ["mail.smtpPassword", ["settings", "mail", "smtpPassword"], "text", true],
    ["environment.LAGO_LICENSE", ["environment", "LAGO_LICENSE"], "text", true],
    ["environment.LAGO_API_URL", ["environment", "LAGO_API_URL"], "text", false],
  ])("%s is found", (name, path, kind, isSecret) => {
    expect(namedSetting(name)).toMatchObject({ path, kind, isSecret });
  });

  it("is found for every setting of a stack and of Lago", () => {
    const lago = VARIABLES.flatMap(({ setting, scope }) =>
      setting === undefined || scope === "deployment" ? [] : [setting, `settings.${setting}`],
    );
    const missing = [...STACK_SETTING_NAMES, ...lago].filter(
      (name) => namedSetting(name) === undefined,
    );
    expect(missing).toEqual([]);
  });

  it.each([
    ["protekt", "protect"],
    ["mail.smtpAdress", "settings.mail.smtpAddress"],
    ["settings.mail.smtpAdress", "settings.mail.smtpAddress"],
    ["LAGO_FROM_EMAIL", "settings.mail.from"],
  ])("%s is none, and %s was meant", (name, meant) => {
    expect(namedSetting(name)).toBeUndefined();
    expect(unknownSetting(name).message).toBe(`no such setting. Did you mean ${meant}?`);
  });

  it.each(["", ".", "ports.", "__proto__", "constructor.name"])("%j is none", (name) => {
    expect(namedSetting(name)).toBeUndefined();
  });

  it.each([
    ["ports", "ports.api, ports.front, ports.address"],
    ["workers.events", "workers.events.count, workers.events.concurrency"],
    ["settings.mail", "mail.from"],
    ["memoryLimits", "memoryLimits.api"],
  ])("%s is a group of %s and others", (name, parts) => {
    const setting = namedSetting(name);
    expect(setting?.kind).toBe("group");
    expect(setting && groupFault(setting).message).toContain(parts);
  });
});
