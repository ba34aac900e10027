// A product's own stack. It reads the URL of Lago's API from the stack of billing.
import { local } from "@pulumi/command";
import { Config, StackReference } from "@pulumi/pulumi";

/** Stack of billing, such as `organization/lago-environments/dev`. */
const billing = new StackReference(new Config().require("billingStack"));

export const apiUrl = billing.requireOutput("apiUrl");

// Stands for the product's servers, which get the URL the same way. It runs when the URL changes.
const answer = new local.Command("billing-answer", {
  create: "node ask.ts",
  environment: { LAGO_API_URL: apiUrl },
});

export const billingAnswers = answer.stdout;
