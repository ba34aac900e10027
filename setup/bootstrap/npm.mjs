import { runChild } from "./child.mjs";

/** Runs npm in `folder`, with the npm that runs this script if one does, else the one on the PATH. */
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
  // npm's messages go to stderr, so that the wanted command's stdout stays its own.
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

/** `npm start` tells its children its own folder; an npm that works in another must not see that. */
function forFolder(env) {
  const own = { ...env };
  for (const name of Object.keys(own)) {
    if (/^(npm_package_|npm_lifecycle_|npm_config_(local_)?prefix$|INIT_CWD$)/.test(name)) {
      delete own[name];
    }
  }
  return own;
}
