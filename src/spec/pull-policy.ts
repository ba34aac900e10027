/** How `docker compose` treats images: see {@link LagoDeploymentOptions.pullPolicy}. */
export const PULL_POLICIES = ["missing", "always", "never"] as const;

/** One of {@link PULL_POLICIES}. */
export type PullPolicy = (typeof PULL_POLICIES)[number];
