/** Commands of docker compose, Kamal, Pulumi and others, with those of this command line that do the same. */
import { zbl } from "../text/zbl.ts";

/**
 * Hints by the first word or the first two words that somebody types. A command of this program
 * stands in braces: `{up}`.
 */
export const FOREIGN_COMMANDS: Readonly<Record<string, string>> = {
  // Deploy
  deploy: "`{up}` deploys a stack.",
  redeploy: "`{up}` deploys a stack.",
  apply: "`{up}` deploys a stack.",
  create: "`{init}` creates a stack, and `{up}` deploys it.",
  setup: "`{init}` creates a stack, `{doctor}` checks this machine, and `{up}` deploys.",
  install: "`{init}` creates a stack, `{doctor}` checks this machine, and `{up}` deploys.",
  upgrade:
    "`{set version v1.51.0}` names the release, and `{up}` deploys it: docs/production.md#updates",
  update:
    "`{set version v1.51.0}` names the release, and `{up}` deploys it: docs/production.md#updates",
  rollback: "An older release needs the backup that was made before: docs/production.md#updates",
  watch: "`{status --watch}` keeps showing the status.",
  wait: "`{up}` and `{start}` wait until every service is ready.",
  scale: "`{set workers.events.count 2}` sets the number of workers, and `{up}` starts them.",
  build: "Nothing is built: `{pull}` fetches the images of Lago.",
  push: "Nothing is pushed: `{pull}` fetches the images of Lago.",
  pause: "`{stop}` stops the services, and `{start}` starts them again.",
  unpause: "`{start}` starts the services again.",
  maintenance: "`{stop api front}` stops what users reach, and `{start}` starts it again.",
  kill: "`{stop}` stops the services.",
  rm: "`{down}` removes the containers; data stays.",
  remove: "`{destroy}` takes a stack down, and `{down}` removes the containers only.",
  delete: "`{destroy}` takes a stack down, and `{down}` removes the containers only.",
  undeploy: "`{destroy}` takes a stack down, and `{down}` removes the containers only.",
  reset: "`{destroy}` takes a stack down. Data stays unless its removal is asked for by name.",
  prune: "Nothing is pruned, since volumes hold data: `{destroy}` takes a stack down.",
  // Look
  details: "`{status}` shows the services.",
  list: "`{ls}` lists stacks and deployments.",
  show: "`{status}` shows the services, and `{config}` the settings.",
  info: "`{status}` shows the services, and `{doctor}` what is installed.",
  about: "`{doctor}` shows what is installed.",
  top: "`docker stats` shows processor and memory of each container; `{status}` names them.",
  stats: "`docker stats` shows processor and memory of each container; `{status}` names them.",
  images: "`{status}` shows the image of each service.",
  port: "`{status}` shows the ports, and `{open --print}` the URL.",
  url: "`{open --print}` prints the URL.",
  audit: "`{events}` shows what happens to the containers.",
  diff: "`{plan}` shows what a deploy would change.",
  refresh: "Every `{up}` and `{plan}` looks at the containers first; `{drift}` shows what differs.",
  app: "`{status}` shows the services; `{logs}`, `{exec}`, `{start}`, `{stop}` work with them.",
  "app logs": "`{logs}` shows the log lines.",
  "app exec": "`{exec}` runs a command in a service's container.",
  "app details": "`{status}` shows the services.",
  "app boot": "`{up}` deploys a stack.",
  "app start": "`{start}` starts the services.",
  "app stop": "`{stop}` stops the services.",
  // Work in it
  attach: "`{logs --follow}` shows new output; `{exec api sh}` opens a shell.",
  run: "`{exec api sh}` runs a command in a service's container.",
  shell: "`{exec api sh}` opens a shell in the api.",
  sh: "`{exec api sh}` opens a shell in the api.",
  bash: "`{exec api bash}` opens a shell in the api.",
  ssh: "`{exec api sh}` opens a shell in the api.",
  console: "`{rails}` opens the Rails console of Lago's api.",
  runner: "`{rails --help}` shows how to run Ruby in Lago's api.",
  migrate: "`{up}` migrates the database; `{rails db:migrate:status}` shows its state.",
  psql: "`{exec db psql --username lago lago}` opens the bundled database.",
  cp: "`tar` in `{exec api sh}` reads and writes files: docs/production.md#backup",
  backup: "docs/production.md#backup has the commands: database, files, keys.",
  dump: "docs/production.md#backup has the commands: database, files, keys.",
  restore: "docs/production.md#restore has the commands: keys, database, files.",
  // Stacks and settings
  new: "`{init}` creates a stack.",
  stack: "`{ls}` lists stacks, `{init}` creates one, and `{select dev}` selects one.",
  stacks: "`{ls}` lists stacks and deployments.",
  "stack init": "`{init}` creates a stack.",
  "stack ls": "`{ls}` lists stacks and deployments.",
  "stack select": "`{select dev}` selects a stack.",
  "stack rm": "`{destroy}` takes a stack down.",
  "stack output": "`{status --json}` and `{open --print}` tell the state and the URL.",
  output: "`{status --json}` and `{open --print}` tell the state and the URL.",
  "config set": "`{set --help}` shows how to set a setting of a stack.",
  "config get": "`{config}` shows every setting and where it comes from.",
  "config rm": "`{unset --help}` shows how to remove a setting of a stack.",
  get: "`{config}` shows every setting and where it comes from.",
  settings: "`{config}` shows every setting and where it comes from.",
  env: "`{config}` shows every setting; `{set --help}` shows how to set one.",
  secrets: "`{set --help}` shows how to set a secret. Where keys are kept: docs/secrets.md",
  secret: "`{set --help}` shows how to set a secret. Where keys are kept: docs/secrets.md",
  rotate: "`{set --help}` shows how to set another password. Keys: docs/secrets.md",
  import: "`{keys import --help}` shows how to take saved keys. Data: docs/production.md#restore",
  export:
    "`{keys export --help}` shows how to save the keys; `{config --json}` prints the settings.",
  // Pipelines and machines
  ci: "`{pipeline --help}` shows the steps for a CI job: docs/pipelines.md",
  cancel: "An interrupted update goes on by `{up}`; a lock that is left: docs/trouble.md#locks",
  unlock: "A lock ends with its run; what an interrupted update leaves: docs/trouble.md#locks",
  lock: "One run at a time changes a deployment: docs/trouble.md#locks",
  pulumi: "In a checkout `npm run pulumi` is Pulumi with this project's state: docs/everyday.md",
  state: "Pulumi keeps the state: docs/pipelines.md#where-the-state-is-kept",
  check: "`{doctor}` checks this machine, and `{lint}` a checkout of Lago.",
  validate: "`{plan}` checks the settings of a stack, and `{lint}` a checkout of Lago.",
  completion: "`{complete bash}` prints the script for bash; zsh and fish are known too.",
};

/** Hint for a command of another program. */
export interface ForeignHint {
  /** Words that were typed. */
  readonly name: string;
  /** Text that names the command or the page that does the same. */
  readonly hint: string;
}

/**
 * Finds the hint for words that another program takes.
 *
 * @param words words of the command line, from the name of the command on
 * @param isUnknown whether the first word is no command of this program. Else two words count
 */
export function foreignHint(words: readonly string[], isUnknown: boolean): ForeignHint | undefined {
  const [first = "", second] = words;
  const names = [
    ...(second === undefined ? [] : [`${first} ${second}`]),
    ...(isUnknown ? [first] : []),
  ];
  const name = names.find((one) => Object.hasOwn(FOREIGN_COMMANDS, one));
  return name === undefined ? undefined : { name, hint: filledIn(FOREIGN_COMMANDS[name] ?? "") };
}

function filledIn(hint: string): string {
  return hint.replace(/\{([^}]+)\}/g, (_, words: string) => zbl(...words.split(" ")));
}
