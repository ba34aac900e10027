import { runChild } from "./child.mjs";

/** Runs npm in `folder`, with the npm that runs this script, or else the npm on the PATH. */
export async function npm(args, folder, env = process.env) {
  const given = env.npm_execpath;
  const [program, first] = given?.endsWith(".js") ? [process.execPath, [given]] : ["npm", []];
  const options = [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
  ];
  // npm's messages go to stderr, so that stdout holds only the output of the wanted command.
  const code = await runChild(program, [...first, ...args, ...options], {
    cwd: folder,
    env: forFolder(env),
    stdio: ["ignore", process.stderr.fd, process.stderr.fd],
  });
  if (code !== 0) {
    throw new Error(
      `npm ${args.join(" ")} ended with exit code ${code} in ${folder}. Its messages stand above; ` +
        "once the cause is gone, run the same command again.",
    );
  }
}

/**
 * Removes the variables that tell npm its folder: `npm start` sets them for its children, and an
 * npm in another folder must not see them.
 */
function forFolder(env) {
  const own = { ...env };
  for (const name of Object.keys(own)) {
    if (/^(npm_package_|npm_lifecycle_|npm_config_(local_)?prefix$|INIT_CWD$)/.test(name)) {
      delete own[name];
    }
  }
  return own;
}
