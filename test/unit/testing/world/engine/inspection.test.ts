import { expect, it } from "vitest";
import { inspection } from "../../../../../testing/world/engine/inspection.ts";

const THINGS = [{ Id: "a", Config: { Env: ["X=1"], Labels: null } }, { Id: "b" }];

it("prints all there is where no format is asked for", () => {
  expect(JSON.parse(inspection(["a", "b"], THINGS))).toEqual(THINGS);
});

it("prints a line for each thing in the format that is asked for", () => {
  const format = '{{.Id}} {"env":{{json .Config.Env}},"labels":{{json .Config.Labels}}}';
  expect(inspection(["--format", format, "a"], THINGS)).toBe(
    'a {"env":["X=1"],"labels":null}\nb {"env":null,"labels":null}',
  );
});
