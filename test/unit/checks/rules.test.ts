import { describe, expect, it } from "vitest";
import type { Check } from "../../../src/checks/check.ts";
import { CHECKS, runChecks } from "../../../src/checks/index.ts";
import { BROWSER_URL_CHECKS } from "../../../src/checks/rules/browser-urls.ts";
import { DATABASE_CHECKS } from "../../../src/checks/rules/database.ts";
import { DIFFERING_KEY_CHECKS } from "../../../src/checks/rules/differing-keys.ts";
import { SERVICE_CHECKS } from "../../../src/checks/rules/services.ts";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { CASES, PDFS, set } from "./cases.ts";
import { GOOD, type Judged, judge, names, project, RSA_PEM } from "./subject.ts";

const idsOf = (checks: readonly Check[]) => checks.map(({ id }) => id);

describe("the checks find", () => {
  it.each(CASES)("%s", (_what, change, expected) => {
    expect(names(judge(change)).sort()).toEqual([...expected].sort());
  });

  it("something with each of them, here or in Lago's own files", () => {
    const found = new Set(
      CASES.flatMap(([, , expected]) => expected.map((one) => one.split(":")[0])),
    );
    const elsewhere = [
      "local-file",
      "host-path",
      "remote-localhost",
      "missing-file",
      "overruled-variable",
      "partly-passed",
      "useless-name",
      "container-name",
      ...idsOf(BROWSER_URL_CHECKS),
      ...idsOf(SERVICE_CHECKS),
      "acme-email",
      "proxy-url",
      ...idsOf(DATABASE_CHECKS),
      ...idsOf(DIFFERING_KEY_CHECKS),
    ];
    const ids = idsOf(CHECKS);
    expect(ids.filter((id) => !found.has(id) && !elsewhere.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("nothing in ids and texts that a person could not use", () => {
    for (const [, change] of CASES) {
      for (const finding of judge(change)) {
        expect(finding.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(finding.reason).toMatch(/^[a-z].*[^.]$/s);
        expect(finding.remedy.length).toBeGreaterThan(3);
      }
    }
  });
});

describe("severity", () => {
  const severityOf = (change: Judged, name: string) =>
    judge(change).find(({ unsafeName }) => unsafeName === name)?.severity;

  it("of open sign-up is an error on a public host and a warning elsewhere", () => {
    const name = "signup-open:LAGO_DISABLE_SIGNUP";
    const open = { LAGO_DISABLE_SIGNUP: "false" };
    const local = { LAGO_API_URL: "http://localhost:3000", LAGO_FRONT_URL: "http://localhost" };
    expect(severityOf(set(open), name)).toBe("error");
    expect(severityOf(set({ ...open, ...local }), name)).toBe("warning");
  });

  it("errors come first", () => {
    const found = judge(set({ LAGO_DISABLE_SEGMENT: "", LAGO_SIDEKIQ_WEB: "true" }));
    expect(found.map(({ severity }) => severity)).toEqual(["error", "warning"]);
  });
});

describe("findings about what nobody set", () => {
  const minor = (change: Judged) =>
    judge({ ...change, isComplete: true })
      .filter(({ isMinor }) => isMinor)
      .map(({ severity, unsafeName }) => `${severity} ${unsafeName}`);

  it("are minor warnings, and come last", () => {
    const change = { services: { db: { container_name: "lago-db" } }, ...set({}) };
    expect(minor(change)).toEqual(
      expect.arrayContaining([
        "warning container-name:services.db.container_name",
        "warning useless-name:LAGO_GCS_CREDENTIALS",
        "warning dead-variable:LAGO_WEBHOOK_ATTEMPTS",
      ]),
    );
    const weights = judge({ ...set({ LAGO_DISABLE_SEGMENT: "" }), isComplete: true }).map(
      ({ isMinor = false }) => isMinor,
    );
    expect(weights.indexOf(true)).toBe(1);
    expect(weights.lastIndexOf(false)).toBe(0);
  });

  it("count the keys of S3 that Lago's file has while S3 is off", () => {
    const LAGO_AWS_S3_BUCKET = "bucket";
    const key = { LAGO_AWS_S3_SECRET_ACCESS_KEY: "azerty123456", LAGO_AWS_S3_BUCKET };
    const name = "default-secret:LAGO_AWS_S3_SECRET_ACCESS_KEY";
    expect(minor(set(key))).toContain(`warning ${name}`);
    const on = judge(set({ ...key, LAGO_USE_AWS_S3: "true" }));
    expect(on.find(({ unsafeName }) => unsafeName === name)?.severity).toBe("error");
  });
});

describe("did you mean", () => {
  it("names the variable that was meant", () => {
    const [finding] = judge(set({ LAGO_SMTP_ADRESS: "x" }));
    expect(finding?.reason).toContain("Did you mean LAGO_SMTP_ADDRESS?");
  });
});

describe("in a deployment of ours", () => {
  const stack = (change: Judged) => judge({ ...change, source: "stack" });

  it("the override takes care of the files", () => {
    const services = {
      db: { ports: ["5432:5432"], container_name: "lago-db", logging: undefined },
      redis: { ports: ["6379:6379"] },
    };
    const variables = { LAGO_WEBHOOK_ATTEMPTS: "5", REDIS_PASSWORD: "kR7mZ2vT9qLx" };
    expect(names(stack({ services, variables }))).toEqual([]);
  });

  it("a field is the setting's name, and PEM is as good as base64", () => {
    expect(stack(set({ LAGO_RSA_PRIVATE_KEY: RSA_PEM }))).toEqual([]);
    expect(stack(set({ SECRET_KEY_BASE: "short" }))).toMatchObject([
      { field: "keys.secretKeyBase", unsafeName: "short-key:SECRET_KEY_BASE" },
    ]);
  });

  it("the model alone tells as much as the services in detail", () => {
    const model = parseComposeModel(JSON.stringify(project({ pdfs: PDFS })));
    const found = runChecks({ variables: GOOD, model, source: "stack" });
    expect(names(found)).toEqual(["worker-without-toggle:services.pdfs"]);
  });

  it("what is given counts even where the file has another value", () => {
    const services = { api: { environment: { LAGO_SIDEKIQ_WEB: "true" } } };
    expect(names(stack({ services, variables: { LAGO_SIDEKIQ_WEB: "false" } }))).toEqual([]);
    expect(names(stack({ services }))).toContain("sidekiq-web:LAGO_SIDEKIQ_WEB");
  });
});

describe("allowUnsafe", () => {
  const change = { LAGO_SIDEKIQ_WEB: "true", SECRET_KEY_BASE: "short" };

  it("takes away the findings that it names, one by one", () => {
    const allowUnsafe = ["sidekiq-web:LAGO_SIDEKIQ_WEB"];
    expect(names(judge({ variables: change, allowUnsafe }))).toEqual(["short-key:SECRET_KEY_BASE"]);
  });

  it("is itself judged", () => {
    const allowUnsafe = [
      "sidekiq-wep:LAGO_SIDEKIQ_WEB",
      "telemetry:LAGO_DISABLE_SEGMENT",
      "telemetry",
    ];
    const found = judge({ variables: change, allowUnsafe }).filter(
      ({ field }) => field === "allowUnsafe",
    );
    expect(found.map(({ severity, reason }) => [severity, reason])).toEqual([
      [
        "error",
        "names sidekiq-wep:LAGO_SIDEKIQ_WEB, which no check finds. Did you mean sidekiq-web:LAGO_SIDEKIQ_WEB?",
      ],
      ["error", "names telemetry, which no check finds"],
      ["warning", "names telemetry:LAGO_DISABLE_SEGMENT, which was not found"],
    ]);
  });

  it("changes nothing where it is empty", () => {
    expect(judge({ allowUnsafe: [], variables: GOOD })).toEqual([]);
  });
});
