import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readComposeFiles } from "../../../src/compose/read-files.ts";
import { DeployError } from "../../../src/errors.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zbl-test-read-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(texts: readonly string[], profiles: readonly string[] = []) {
  const paths = texts.map((text, index) => {
    const path = join(folder, `${index}.yml`);
    writeFileSync(path, text);
    return path;
  });
  return readComposeFiles(paths, { profiles });
}

const service = (texts: readonly string[]) => read(texts).services[0];

describe("one file", () => {
  it("is read with its anchors and merge keys, and lists of them", () => {
    const found = service([
      `x-a: &a
  A: "1"
  B: "1"
x-b: &b
  B: "2"
  C: \${C:-3}
services:
  api:
    image: getlago/api:v1.50.0
    environment:
      <<: [*a, *b]
      D: 4`,
    ]);
    expect(found?.environment).toEqual({ A: "1", B: "1", C: "${C:-3}", D: "4" });
  });

  it("is read in the short and the long forms", () => {
    const { services, model } = read([
      `services:
  one:
    image: x:1
    command: ["a", "b c"]
    environment: [A=1=2, B]
    ports: ["80:80", "127.0.0.1:\${PORT:-81}:81/udp", 82, { target: 83, host_ip: 127.0.0.1 }]
    volumes: ["/a:/b", { type: bind, source: /c, target: /d }]
    logging: { options: { max-size: 10m } }
    depends_on: [two]
  two: { image: "y:1", container_name: two }`,
    ]);
    expect(services).toEqual([
      {
        name: "one",
        image: "x:1",
        command: "a b c",
        environment: { A: "1=2", B: "${B}" },
        ports: [
          { address: "", published: "80", target: "80" },
          { address: "127.0.0.1", published: "", target: "81" },
          { address: "", published: "", target: "82" },
          { address: "127.0.0.1", published: "", target: "83" },
        ],
        volumes: ["/a:/b", "/c:/d"],
        rotatesLogs: true,
        healthCheck: "",
        containerName: undefined,
      },
      expect.objectContaining({ name: "two", containerName: "two", rotatesLogs: false }),
    ]);
    expect(model.services.map(({ name }) => name)).toEqual(["one", "two"]);
    expect(model.variables).toEqual(["B", "PORT"]);
  });

  it("is read without the services of profiles that are off", () => {
    const text = "services: { a: { image: x:1 }, b: { image: x:1, profiles: [all] } }";
    expect(read([text]).services.map(({ name }) => name)).toEqual(["a"]);
    expect(read([text], ["all"]).services.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("tells what is on another machine and is not followed", () => {
    const text = `include: ["oci://registry.example.com/lago:v1"]
services:
  a: { image: "x:1", extends: { file: "https://example.com/lago.git", service: z } }
  b: { image: "x:1", env_file: [{ path: b.env, format: raw }] }`;
    expect(read([text])).toMatchObject({
      notFollowed: ["services.a.extends", "include", "services.b.env_file"],
      isComplete: false,
    });
  });

  it("is read with all its documents", () => {
    const text = "services: { a: { image: x:1 } }\n---\nservices: { a: { image: x:2 } }";
    expect(service([text])?.image).toBe("x:2");
  });

  it.each([
    ["no YAML", "services: [}"],
    ["a text", "just a text"],
    ["nothing", ""],
    ["an include of itself", "include: [0.yml]"],
    ["an include of nothing", "include: [{ path: 0.yml, env_file: none.env }]"],
    ["a service that extends itself", "services: { a: { extends: b }, b: { extends: a } }"],
    ["a service that extends none", "services: { a: { extends: { service: b } } }"],
    ["a service that is none", "services: { a: { image: [1] } }"],
    [
      "too many aliases",
      `a: &a [${"x,".repeat(50)}]\nb: &b [${"*a,".repeat(50)}]\nc: [${"*b,".repeat(50)}]`,
    ],
  ])("that is %s is named", (_what, text) => {
    expect(() => read([text])).toThrow(
      expect.objectContaining({
        kind: "ComposeFileInvalid",
        message: expect.stringContaining(join(folder, "0.yml")),
      }),
    );
  });

  it("that cannot be read is named", () => {
    try {
      readComposeFiles([join(folder, "none.yml")]);
      expect.unreachable();
    } catch (error) {
      expect(DeployError.isDeployError(error) && error.kind).toBe("ComposeFileInvalid");
    }
  });
});

describe("a file on top of another", () => {
  const base = `services:
  db:
    image: x:1
    container_name: db
    command: [a]
    environment: { A: "1", B: "1" }
    ports: ["1:1"]
    volumes: ["/a:/a"]`;

  it("joins lists, replaces commands, and sets variables one by one", () => {
    expect(
      service([
        base,
        `services: { db: { command: [b], environment: [B=2, C=3, D], ports: ["2:2"], volumes: ["/b:/b"] } }`,
      ]),
    ).toMatchObject({
      image: "x:1",
      containerName: "db",
      command: "b",
      environment: { A: "1", B: "2", C: "3", D: "${D}" },
      ports: [{ target: "1" }, { target: "2" }],
      volumes: ["/a:/a", "/b:/b"],
    });
  });

  it("takes away with !reset and replaces with !override", () => {
    const found = service([
      base,
      `services: { db: { container_name: !reset null, ports: !override ["2:2"], volumes: !reset [], environment: !override { Z: "1" } } }`,
    ]);
    expect(found).toMatchObject({
      containerName: undefined,
      ports: [{ target: "2" }],
      volumes: [],
      environment: { Z: "1" },
    });
  });
});

describe("a file that another one includes or extends", () => {
  it("must be there, and not have services of the same names", () => {
    const cannotBeRead = expect.objectContaining({
      kind: "ComposeFileInvalid",
      message: expect.stringContaining(join(folder, "none.yml")) as string,
    }) as Error;
    expect(() => read(["include: [none.yml]"])).toThrow(cannotBeRead);
    const extending = "services: { a: { extends: { file: none.yml, service: a } } }";
    expect(() => read([extending])).toThrow(cannotBeRead);
    writeFileSync(join(folder, "more.yml"), "services: { a: { image: x:1 } }");
    const conflict = "include: [more.yml]\nservices: { a: { image: x:2 } }";
    expect(() => read([conflict])).toThrow(
      "services.a is in the file and in a file that it includes",
    );
  });

  it("gives variables of the .env file beside it, which count less than all others", () => {
    const more = join(folder, "more");
    mkdirSync(more);
    writeFileSync(join(more, "lago.yml"), "services: { a: { image: 'x:${TAG}' } }");
    writeFileSync(join(more, ".env"), "TAG=1\nOTHER=${TAG}\n");
    const path = join(folder, "0.yml");
    writeFileSync(path, "include: [more/lago.yml]");
    const found = readComposeFiles([path], { variables: { OTHER: "2" } });
    expect(found.variables).toEqual({ TAG: "1", OTHER: "2" });
    expect(found.unset).toEqual([]);
  });
});

describe("a service on top of the one that it extends", () => {
  it("joins dependencies of both forms", () => {
    const { model } = read([
      `services:
  base: { image: "x:1", depends_on: [db, redis] }
  api: { extends: base, depends_on: { db: { condition: service_healthy } } }
  db: { image: "x:1" }
  redis: { image: "x:1" }`,
    ]);
    expect(model.services.find(({ name }) => name === "api")?.definition.depends_on).toEqual({
      db: { condition: "service_healthy" },
      redis: { condition: "service_started" },
    });
  });
});
