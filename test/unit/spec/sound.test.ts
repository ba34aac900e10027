/** The settings that are left when those at fault are taken away. */
import { describe, expect, it } from "vitest";
import { invalidConfig } from "../../../src/errors.ts";
import {
  leaveEngineOpen,
  leaveFilesOpen,
  makeSound,
  soundSpec,
  soundStackSettings,
} from "../../../src/spec/sound.ts";
import type { DeploymentSpec } from "../../../src/spec/spec.ts";

const OF = { program: "lago", stack: "dev" };

function settingsIn(texts: Readonly<Record<string, string>>) {
  const { value, issues } = soundStackSettings(new Map(Object.entries(texts)), OF);
  return { value, fields: issues.map(({ field }) => field) };
}

describe("the config of a stack", () => {
  it("is read without the settings at fault, each left out by itself", () => {
    const settings = { mail: { smtpAdress: "x", from: "a@example.com" } };
    expect(
      settingsIn({
        protekt: "true",
        "ports.api": "3000",
        startTimeoutSeconds: "soon",
        ports: '{"api":"x","front":8080}',
        composeFiles: '["a.yml",5]',
        settings: JSON.stringify(settings),
        environment: '{"ONE":1,"TWO":[]}',
        secretKeyBase: "short",
        restartToken: '{ "a": 1 }',
      }),
    ).toEqual({
      value: {
        ports: { front: 8080 },
        settings: { mail: { from: "a@example.com" } },
        environment: { ONE: "1" },
        restartToken: '{ "a": 1 }',
      },
      fields: expect.arrayContaining([
        ...["protekt", "ports.api", "startTimeoutSeconds", "composeFiles.1"],
        ...["settings.mail.smtpAdress", "environment.TWO", "secretKeyBase"],
      ]),
    });
  });

  it("is read as it is where all of it is sound", () => {
    const texts = { version: "v1.50.0", workers: '{"events":{"count":2}}' };
    expect(settingsIn(texts)).toEqual({
      value: { version: "v1.50.0", workers: { events: { count: 2 } } },
      fields: [],
    });
  });
});

describe("a spec", () => {
  it("is parsed without the fields at fault, a name that is none among them", () => {
    const spec = { projectName: 5, version: "1.50.0", typo: 1, workers: { event: {} } };
    const { value, issues } = soundSpec(spec as unknown as DeploymentSpec);
    expect(value).toEqual({ projectName: "", version: "v1.50.0", workers: {} });
    expect(issues.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["projectName", "typo", "workers.event"]),
    );
  });
});

describe("faults", () => {
  it("that only come of what was left out are none, and leave out what they name", () => {
    interface Pair {
      readonly host?: string;
      readonly user?: string;
    }
    const made = makeSound<Pair & Record<string, unknown>, Pair>(
      { host: "x", user: "me", other: 1 },
      (some) => {
        const field = some.host === "x" ? "host" : some.host === undefined && some.user && "user";
        if (field) {
          throw invalidConfig([{ field, message: "no" }]);
        }
        return some;
      },
    );
    expect(made).toEqual({ value: { other: 1 }, issues: [{ field: "host", message: "no" }] });
  });

  it("leave open which files or which engine is meant where these are at fault", () => {
    const ofFiles = (field: string) => leaveFilesOpen([{ field, message: "" }]);
    const ofEngine = (field: string) => leaveEngineOpen([{ field, message: "" }]);
    const files = ["composeFiles.1", "lagoPath", "profiles.0"];
    const engines = ["dockerHost", "dockerContext", "dockerCertPath"];
    const others = ["ports.api", "settings.mail.from", "version"];
    expect(files.every(ofFiles) && engines.every(ofEngine)).toBe(true);
    expect([...engines, ...others].some(ofFiles) || [...files, ...others].some(ofEngine)).toBe(
      false,
    );
  });

  it("of a setting that is not there end in no settings at all", () => {
    const { value, issues } = makeSound({ a: 1 }, (some: { a?: number }) => {
      if (some.a !== undefined) {
        throw invalidConfig([{ field: "b", message: "needed" }]);
      }
      return "made";
    });
    expect({ value, issues }).toEqual({
      value: "made",
      issues: [{ field: "b", message: "needed" }],
    });
  });
});
