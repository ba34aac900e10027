/**
 * Starts one of the project's scripts on a machine that has Node 18 or newer with npm, and maybe
 * nothing else. Ensures a Node that runs TypeScript and the packages, then runs the script.
 *
 * Plain JavaScript without packages, because it runs before either is there.
 *
 * node scripts/bootstrap.mjs start|destroy|pulumi|zbl|setup|test|… [arguments]
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChild } from "../setup/bootstrap/child.mjs";
import { ensureNode, pathWithNode } from "../setup/bootstrap/node.mjs";
import { ensurePackages } from "../setup/bootstrap/packages.mjs";
import { toolsFolder } from "../setup/bootstrap/state.mjs";
import { swallowedOptions } from "../setup/bootstrap/swallowed.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const report = (line) => process.stderr.write(`${line}\n`);

/** Scripts that start another file than the one of their name. */
const FILES = { cli: "zbl" };

const [name = "", ...args] = process.argv.slice(2);
const script = join(root, "scripts", `${FILES[name] ?? name}.ts`);
if (!/^[a-z-]+$/.test(name) || !existsSync(script)) {
  report(`!!  There is no script "${name}". "scripts" in package.json lists those that exist.`);
  process.exit(2);
}

const refusal = swallowedOptions(name, args, process.env);
if (refusal !== undefined) {
  report(`!!  ${refusal}`);
  process.exit(2);
}

try {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const tools = toolsFolder();
  mkdirSync(tools, { recursive: true, mode: 0o700 });
  const node = await ensureNode(tools, engines.node.replace(">=", ""), report);
  await ensurePackages(root, report);
  const env = { ...process.env, PATH: pathWithNode(node) };
  process.exitCode = await runChild(node, ["--", script, ...args], { env });
} catch (error) {
  report(`!!  ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
