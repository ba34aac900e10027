/** Treatments of images by `docker compose`: see {@link LagoDeploymentOptions.pullPolicy}. */
export const PULL_POLICIES = ["missing", "always", "never"] as const;

/** An entry of {@link PULL_POLICIES}. */
export type PullPolicy = (typeof PULL_POLICIES)[number];
