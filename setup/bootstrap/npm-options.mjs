/**
 * Options that the scripts understand and npm would keep for itself.
 *
 * Names with a meaning in npm, such as `json` and `diff`, are left out: an outer npm, such as `npx
 * --yes`, sets them for all its children. Without `--yes` Pulumi only asks.
 */

/** Options of Pulumi's commands on a stack, its config and its state. */
const PULUMI = `
  active add-event add-group attach-debugger auto-remediate clear-pending-creates client
  cloud-url config config-file config-path continue-on-error copilot copy-config-from count
  create cron cwd debug default-org delete-after-destroy dependency-edge-color dest diff
  disable-integrity-checking display-name dot-fragment emoji env event event-type exclude
  exclude-dependents exclude-protected exec-agent exec-kind expect-no-changes file from
  full-dates fully-qualify-stack-names generate-code generate-resources group hook-format
  ignore-dependency-edges ignore-parent-edges ignore-protect import-file
  import-pending-creates include-non-activated include-parents insecure interactive json
  keep-config kind local logflow logtostderr memprofilerate neo neo-task-on-failure no-select
  non-interactive oidc-expiration oidc-org oidc-team oidc-token oidc-user once open operation
  organization otel-traces out output override-env page page-size parallel parent
  parent-edge-color path plaintext plan policy-pack policy-pack-config preserve-config
  preview-only profiling project properties protect provider raw refresh remote-config remove
  remove-backups remove-event remove-group replace run-program save-plan secret
  secrets-provider short-node-name show-config show-full-output show-ids show-name
  show-policy-remediations show-reads show-replacement-steps show-sames show-secrets
  show-urns skip-config-validation skip-pending-creates skip-plugin-pre-install skip-preview
  source stack strict summary suppress-outputs suppress-permalink suppress-progress target
  target-dependents target-replace teams tracing tracing-header type url urn urns verbose`;

/** Options of `npm run cli`. */
const CLI = `
  address allow allow-data-risk allow-key-change allow-unsafe allow-volume-change api-port
  api-url behind-proxy create cwd detach detailed-exitcode disable-signup docker-cert-path
  docker-context docker-host env-file file follow front-port front-url index input
  interactive interval json lock-timeout markdown no-tty organization-email
  organization-name output overwrite path print profile project project-name pull-policy
  release remove-orphans remove-volumes role secrets-provider show-secrets since stack
  start-timeout tail timings to-stdout to-terminal tty user verbose volumes wait watch
  workdir`;

const list = (text) => text.trim().split(/\s+/);

/** Names of options without dashes, by script. */
export const OPTIONS = {
  start: list(PULUMI),
  destroy: list(PULUMI),
  pulumi: list(PULUMI),
  cli: list(CLI),
  bench: list("against json rounds suites work"),
  faults: list("against case first jobs json level no-chaos repeat"),
};
