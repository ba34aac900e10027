/** `npm run format`: formats the source and applies the linter's safe repairs. */
import { runPackage } from "./checks/program.ts";
import { runScript } from "./lib/entry.ts";

const DEADLINE_MS = 120_000;

await runScript((context) =>
  runPackage(context, "@biomejs/biome/bin/biome", ["check", "--write"], DEADLINE_MS),
);
