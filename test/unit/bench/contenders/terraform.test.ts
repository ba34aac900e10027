/** Terraform is found, told what to deploy, and asked for its version. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  findTerraform,
  TERRAFORM_COMMANDS,
  terraformVariables,
  terraformVersions,
} from "../../../../bench/contenders/terraform.ts";
import { ROOT } from "../../../../testing/folders.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zbl-test-bench-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function addProgram(name: string, mode = 0o755): void {
  writeFileSync(join(folder, name), "");
  chmodSync(join(folder, name), mode);
}

describe("the program", () => {
  it("is terraform, or else tofu, and has to be a program", () => {
    const path = [join(folder, "nowhere"), folder].join(delimiter);
    expect(findTerraform(path)).toBeUndefined();
    addProgram("terraform", 0o644);
    expect(findTerraform(path)).toBeUndefined();
    addProgram("tofu");
    expect(findTerraform(path)).toBe("tofu");
    addProgram("terraform");
    expect(findTerraform(path)).toBe("terraform");
  });

  it("tells its version under its own name", () => {
    expect(terraformVersions("tofu", '{"terraform_version":"1.9.1","platform":"x"}')).toEqual({
      tofu: "1.9.1",
    });
    expect(terraformVersions("terraform", "Terraform v1.11.4")).toEqual({ terraform: "unknown" });
  });

  it("asks nothing, whatever it is told to do", () => {
    for (const args of Object.values(TERRAFORM_COMMANDS)) {
      expect(args ?? ["-input=false"]).toContain("-input=false");
    }
    for (const operation of ["up", "down", "refresh"] as const) {
      expect(TERRAFORM_COMMANDS[operation]).toContain("-auto-approve");
    }
    expect(TERRAFORM_COMMANDS.status).toBeUndefined();
  });
});

describe("the settings", () => {
  const world = { composeFolder: "/srv/lago", ports: { api: 20_001, front: 20_002 } };
  const environment = { POSTGRES_PASSWORD: 'a"b\n$c' };

  it("are Terraform's variables: secrets and ports as one map, and none in an argument", () => {
    const variables = terraformVariables(world, { environment });
    expect(variables.TF_VAR_folder).toBe("/srv/lago");
    expect(JSON.parse(variables.TF_VAR_environment ?? "")).toEqual({
      ...{ API_PORT: "20001", FRONT_PORT: "20002" },
      ...environment,
    });
    expect(JSON.stringify(TERRAFORM_COMMANDS)).not.toContain("POSTGRES_PASSWORD");
  });

  it("name the compose project where it is not the folder's", () => {
    const variables = terraformVariables(world, { environment, project: "other" });
    expect(JSON.parse(variables.TF_VAR_environment ?? "")).toMatchObject({
      COMPOSE_PROJECT_NAME: "other",
    });
  });

  it("are the variables that its file declares", () => {
    const file = join(ROOT, "bench/contenders/terraform/main.tf");
    const declared = [...readFileSync(file, "utf8").matchAll(/^variable "(\w+)"/gm)];
    const given = Object.keys(terraformVariables(world, { environment }))
      .filter((name) => name.startsWith("TF_VAR_"))
      .map((name) => name.slice("TF_VAR_".length));
    expect(declared.map(([, name]) => name).sort()).toEqual(given.sort());
  });
});
