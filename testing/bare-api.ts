/** Deployments of tests that have no Lago: one of their services stands for its api. */

/** Findings about an api without a single setting. */
export const UNSET_FINDINGS = [
  "LAGO_API_URL",
  "LAGO_FRONT_URL",
  "SECRET_KEY_BASE",
  "LAGO_RSA_PRIVATE_KEY",
  "LAGO_ENCRYPTION_PRIMARY_KEY",
  "LAGO_ENCRYPTION_DETERMINISTIC_KEY",
  "LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
].map((name) => `missing-setting:${name}`);

/** Options of the library by which a service is taken for the api, without its settings. */
export function bareApi(service: string) {
  return { roles: { [service]: "api" as const }, allowUnsafe: UNSET_FINDINGS };
}

/** Options of the command line that do so. */
export function bareApiOptions(service: string): string[] {
  return ["--role", `${service}=api`, "--allow-unsafe", ...UNSET_FINDINGS];
}
