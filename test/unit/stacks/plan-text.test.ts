import { describe, expect, it } from "vitest";
import { changesText } from "../../../src/stacks/plan-text.ts";
import { PROJECT, recreated } from "../../support/stack-sample.ts";

const created = (service: string) => ({
  ...{ service, action: "created" as const, reasons: [], downtime: false },
});
const assessment = { drift: [], changes: true, others: [], unknown: [] };
const plan = { project: PROJECT, changes: true, downtime: [], risks: [], projectDrift: [] };

describe("the text of changes", () => {
  it("is one line for a project that is new", () => {
    const plans = [{ ...plan, services: [created("api"), created("db")] }];
    expect(changesText({ ...assessment, plans })).toBe(
      "Project lago-billing gets 2 new services: api, db.",
    );
  });

  it("is a table with the settings behind each change, and names other resources", () => {
    const others = [{ operation: "create", type: "aws:s3:Bucket", name: "invoices" }];
    const plans = [{ ...plan, services: [recreated("api")], downtime: ["api"] }];
    const text = changesText({ ...assessment, plans, others });
    expect(text).toContain("LAGO_FROM_EMAIL (setting mail.from) changed (a@b -> c@d)");
    expect(text).toMatch(/Other resources of the program: create aws:s3:Bucket invoices\.$/);
  });

  it("names deployments that go", () => {
    const gone = { projectName: "lago-old", engine: {}, wasDeployed: true };
    const text = (removesVolumes: boolean) =>
      changesText({ ...assessment, plans: [] }, [{ ...gone, removesVolumes }]);
    expect(text(false)).toBe(
      "Project lago-old is no longer declared: its services are removed, and its data stays in its volumes.",
    );
    expect(text(true)).toContain("ALL ITS DATA IS LOST");
  });

  it("never leaves out what is at stake", () => {
    const risks = [
      { name: "empty-volume:data", subject: "db", message: "volume data is gone", accepted: false },
    ];
    const plans = [{ ...plan, services: [created("db")], risks }];
    expect(changesText({ ...assessment, plans })).toContain("DATA AT STAKE: volume data is gone.");
  });
});
