import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { npm } from "./npm.mjs";

const definition = fileURLToPath(new URL("../node/", import.meta.url));

/**
 * Returns the path of a Node that is new enough: the running one, or one in the tools folder, which
 * is installed there when missing. The system's own Node is not changed.
 *
 * @param minimum oldest supported release, such as "22.18.0"
 * @param report called with one line per step
 */
export async function ensureNode(tools, minimum, report) {
  if (process.versions.node.localeCompare(minimum, "en", { numeric: true }) >= 0) {
    return process.execPath;
  }
  const name = `node-${process.platform}-${process.arch}`;
  const { optionalDependencies } = JSON.parse(
    readFileSync(join(definition, "package.json"), "utf8"),
  );
  const version = optionalDependencies[name];
  if (version === undefined) {
    throw new Error(advice(minimum, `there is no ready package ${name}`));
  }
  const folder = join(tools, "node", version);
  const program = join("node_modules", name, "bin", "node");
  if (!existsSync(join(folder, program))) {
    report(
      `..  Node: this is ${process.versions.node}, and running TypeScript as it is needs ${minimum} ` +
        `or newer. Installing ${version} in ${folder}; the system's Node stays as it is.`,
    );
    await install(folder, program, (reason) => advice(minimum, reason));
  }
  return join(folder, program);
}

/** Fills a temporary folder and renames it, so that an incomplete folder is never used. */
async function install(folder, program, adviceFor) {
  mkdirSync(dirname(folder), { recursive: true });
  const building = mkdtempSync(`${folder}.new-`);
  try {
    for (const file of ["package.json", "package-lock.json"]) {
      copyFileSync(join(definition, file), join(building, file));
    }
    await npm(["ci"], building);
    const tried = spawnSync(join(building, program), ["--version"], { timeout: 30_000 });
    if (tried.status !== 0) {
      const why = tried.error?.message ?? `${tried.stderr}`.trim();
      throw new Error(adviceFor(`the ready one does not run in ${folder} (${why})`));
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(building, folder);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

function advice(minimum, reason) {
  return (
    `Node ${minimum} or newer is needed, and ${reason}. ` +
    "Install it from https://nodejs.org and run the same command again."
  );
}

/** `path` with `node` in front, unless its first `node` is already this one. */
export function pathWithNode(node, path = process.env.PATH ?? "") {
  const first = path.split(delimiter).find((folder) => existsSync(join(folder, "node")));
  return first === dirname(node) ? path : [dirname(node), path].join(delimiter);
}
