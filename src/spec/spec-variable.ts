/**
 * Environment variable that carries a `DeploymentSpec` as JSON from the Pulumi program to the
 * command line.
 */
export const SPEC_VARIABLE = "Z_BILLING_LAGO_SPEC";
