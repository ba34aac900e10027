/** The `docker` that `fake-docker.ts` puts on the PATH: notes each call and answers by script. */
const { appendFileSync, readFileSync, statSync } = require("node:fs");
const { join } = require("node:path");

/** Options of `docker compose` that stand before its command and take a value. */
const WITH_VALUE = ["--ansi", "--project-name", "--project-directory", "--file", "--profile"];

/** The command within the arguments, such as `up`, or `container inspect`. */
function verbOf(args) {
  if (args[0] !== "compose") {
    return args.slice(0, 2).join(" ");
  }
  let at = 1;
  while (WITH_VALUE.includes(args[at])) {
    at += 2;
  }
  return args[at] ?? "";
}

/** How many calls of a command there were before this one. */
function count(folder, verb) {
  const counter = join(folder, `count ${verb}`);
  appendFileSync(counter, ".");
  return statSync(counter).size - 1;
}

function answer({ stdout = "", stderr = "", exitCode = 0, hang = false, deaf = false }) {
  if (deaf) {
    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => {});
  }
  process.stderr.write(stderr, () =>
    process.stdout.write(stdout, () => {
      if (hang || deaf) {
        setInterval(() => {}, 60_000);
        process.on("SIGINT", () => deaf || process.exit(130));
      } else {
        process.exitCode = exitCode;
      }
    }),
  );
}

/** @param folder where the script is and the calls are noted */
exports.main = (folder) => {
  const args = process.argv.slice(2);
  const verb = verbOf(args);
  const stdin = readFileSync(0, "utf8");
  const call = { verb, args, env: process.env, stdin, cwd: process.cwd(), pid: process.pid };
  const nth = count(folder, verb);
  appendFileSync(join(folder, "calls.jsonl"), `${JSON.stringify(call)}\n`);
  const script = JSON.parse(readFileSync(join(folder, "script.json"), "utf8"));
  const answers = script[verb] ?? [
    { exitCode: 97, stderr: `fake docker: nothing was said of "${verb}"\n` },
  ];
  const chosen = answers[Math.min(nth, answers.length - 1)];
  setTimeout(() => answer(chosen), chosen.delayMs ?? 0);
};
