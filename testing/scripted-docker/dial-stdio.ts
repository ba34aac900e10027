/**
 * `docker system dial-stdio` of a fake docker.
 *
 *     node dial-stdio.ts DOCKER
 */
import { Duplex } from "node:stream";
import { createScriptedEngine } from "./scripted-engine.ts";

const [docker = "docker"] = process.argv.slice(2);
const server = createScriptedEngine(docker, (words, exitCode) => {
  process.stderr.write(words, () => process.exit(exitCode));
});
const stream = Duplex.from({ readable: process.stdin, writable: process.stdout });
const same = () => stream;
server.emit(
  "connection",
  Object.assign(stream, { setTimeout: same, setNoDelay: same, setKeepAlive: same }),
);
stream.on("close", () => process.exit(0));
