// A product's own stack. Billing is another one, from which it reads where Lago's API is.
import { local } from "@pulumi/command";
import { Config, StackReference } from "@pulumi/pulumi";

/** Such as `organization/lago-environments/dev`. */
const billing = new StackReference(new Config().require("billingStack"));

export const apiUrl = billing.requireOutput("apiUrl");

// In place of the product's servers, which get the URL the same way. It runs when the URL changes.
const answer = new local.Command("billing-answer", {
  create: "node ask.ts",
  environment: { LAGO_API_URL: apiUrl },
});

export const billingAnswers = answer.stdout;
