/** An engine that speaks docker's HTTP API and answers with the script of a fake docker. */
import { spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import {
  containersIn,
  imageDetails,
  imagesIn,
  inspectedIn,
  inspectedOf,
  isOfCompose,
  networksIn,
  type PsLine,
  projectIn,
  psLinesIn,
  volumesIn,
} from "./api-answers.ts";

/** Stands in the environment of the calls that ask the script on behalf of a request. */
export const INNER = "ZBL_TEST_ANSWERS_API";

class NotFound extends Error {}

/** The script says that docker fails, in these words. */
class Failed extends Error {
  readonly exitCode: number;

  constructor(words: string, exitCode: number) {
    super(words);
    this.exitCode = exitCode;
  }
}

/**
 * Makes such an engine.
 *
 * @param docker path of the fake docker
 * @param onFailure called with docker's words and exit code where the script says that docker fails
 */
export function createScriptedEngine(
  docker: string,
  onFailure: (words: string, exitCode: number) => void,
): Server {
  const script = new ScriptedEngine(docker);
  return createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://docker");
      try {
        const answer = script.answer(request.method ?? "", url, body);
        response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
      } catch (error) {
        if (error instanceof Failed) {
          onFailure(error.message, error.exitCode);
          response.destroy();
          return;
        }
        response.statusCode = error instanceof NotFound ? 404 : 500;
        response.end(JSON.stringify({ message: String(error) }));
      }
    });
  });
}

/** One frame of a container's standard output. */
function framed(text: string): Buffer {
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

/** A tar archive of one file, as far as its reader looks. */
function archived(text: string): Buffer {
  const header = Buffer.alloc(512);
  header.write("0", 156);
  header.write(Buffer.byteLength(text).toString(8).padStart(11, "0"), 124);
  return Buffer.concat([header, Buffer.from(text)]);
}

class ScriptedEngine {
  readonly #docker: string;
  /** Ids of the containers that were listed together, which are inspected in one call, by each id. */
  readonly #together = new Map<string, readonly string[]>();
  /** Containers that were inspected since they were last listed. */
  readonly #inspected = new Map<string, unknown>();
  /** Containers that were last listed as compose lists them. */
  readonly #composed = new Map<string, PsLine>();
  #images = new Map<string, unknown>();

  constructor(docker: string) {
    this.#docker = docker;
  }

  /** Asks the script; docker's own failure becomes that of the conversation. */
  #ask(...args: string[]): string {
    const env = { ...process.env, [INNER]: "1" };
    const { status, stdout, stderr } = spawnSync(this.#docker, args, { env, maxBuffer: 1 << 30 });
    if (status !== 0) {
      const words = stderr.toString();
      if (/no such (container|volume|image|object)/i.test(words)) {
        throw new NotFound(words);
      }
      throw new Failed(words, status ?? 1);
    }
    return stdout.toString();
  }

  answer(method: string, url: URL, body: string): unknown {
    const path = decodeURIComponent(url.pathname);
    const filters = JSON.parse(url.searchParams.get("filters") ?? "{}") as Record<string, string[]>;
    const options = Object.entries(filters).flatMap(([name, values]) =>
      values.flatMap((value) => ["--filter", `${name}=${value}`]),
    );
    const project = projectIn(filters);
    const last = path.split("/")[2] ?? "";
    switch (
      `${method} ${path.replace(/^\/(containers|images|volumes)\/(?!json$|create$)[^/]+/, "/$1/ID")}`
    ) {
      case "GET /version": {
        const text = this.#ask("version", "--format", "{{json .}}");
        return text.startsWith("{") ? JSON.parse(text).Server : { Version: text.trim() };
      }
      case "GET /info": {
        const text = this.#ask("info", "--format", "{{.ID}} {{.Name}}").trim();
        const [ID = "", Name = "", DockerRootDir = ""] = text.split(" ");
        return { ID, Name, DockerRootDir };
      }
      case "GET /containers/json": {
        if (project !== undefined && isOfCompose(filters)) {
          const ps = ["ps", "--all", "--no-trunc", "--format", "json"];
          const lines = psLinesIn(this.#ask("compose", "--project-name", project, ...ps));
          this.#note(lines.map(({ ID }) => ID));
          for (const line of lines) {
            this.#composed.set(line.ID, line);
          }
          return lines.map(({ ID }) => ({ Id: ID }));
        }
        const format = ["--format", "{{json .}}"];
        const text = this.#ask("container", "ls", "--all", "--no-trunc", ...options, ...format);
        const found = containersIn(text, project);
        this.#note(found.map(({ Id }) => Id));
        return found;
      }
      case "GET /containers/ID/json": {
        if (!this.#inspected.has(last)) {
          const ids = this.#together.get(last) ?? [last];
          for (const [id, one] of inspectedIn(this.#ask("container", "inspect", ...ids), ids)) {
            this.#inspected.set(id, one);
          }
        }
        const [listed, inspected] = [this.#composed.get(last), this.#inspected.get(last)];
        return this.#found(
          listed === undefined ? inspected : inspectedOf(listed, inspected),
          `No such container: ${last}`,
        );
      }
      case "GET /containers/ID/logs": {
        const lines = url.searchParams.get("tail") ?? "all";
        return framed(this.#ask("container", "logs", "--tail", lines, last));
      }
      case "GET /containers/ID/archive": {
        const file = url.searchParams.get("path") ?? "";
        const text = this.#ask("container", "archive", last, file);
        if (text === "") {
          throw new NotFound(`no such file: ${file}`);
        }
        return archived(text);
      }
      case "POST /containers/create": {
        const name = url.searchParams.get("name") ?? "";
        return { Id: this.#ask("container", "create", name, body).trim() };
      }
      case "DELETE /containers/ID":
        this.#ask("container", "rm", last);
        return {};
      case "GET /volumes": {
        const text = this.#ask("volume", "ls", ...options, "--format", "{{json .}}");
        const volumes = volumesIn(text, project);
        const names = volumes.map(({ Name }) => Name);
        // Only a list with projects and keys is one whose volumes a test defines.
        const details = /\t.*\t/.test(text) ? this.#details(names) : [];
        const known = new Map((details as { Name: string }[]).map((one) => [one.Name, one]));
        return { Volumes: volumes.map((one) => ({ ...known.get(one.Name), ...one })) };
      }
      case "POST /volumes/create": {
        const { Name, Labels } = JSON.parse(body) as {
          Name: string;
          Labels: Record<string, string>;
        };
        const labels = Object.entries(Labels).flatMap(([name, value]) => [
          "--label",
          `${name}=${value}`,
        ]);
        this.#ask("volume", "create", ...labels, Name);
        return { Name };
      }
      case "DELETE /volumes/ID":
        this.#ask("volume", "rm", "--force", last);
        return {};
      case "GET /networks":
        return networksIn(this.#ask("network", "ls", "--no-trunc"));
      case "GET /images/json":
        return imagesIn(this.#ask("image", "ls", "--no-trunc", "--digests"));
      case "GET /images/ID/json":
        if (!this.#images.has(last)) {
          this.#images = new Map([
            ...this.#images,
            ...imageDetails(this.#ask("image", "inspect", last)),
          ]);
        }
        return this.#found(this.#images.get(last), `No such image: ${last}`);
      default:
        throw new NotFound(`the scripted engine has no ${method} ${path}`);
    }
  }

  /** Notes a new list of containers. */
  #note(ids: readonly string[]): void {
    for (const id of ids) {
      this.#together.set(id, ids);
      this.#inspected.delete(id);
      this.#composed.delete(id);
    }
  }

  #found(value: unknown, otherwise: string): unknown {
    if (value === undefined) {
      throw new NotFound(otherwise);
    }
    return value;
  }

  /** Driver and options; none where the script has a volume go meanwhile. */
  #details(names: readonly string[]): unknown[] {
    try {
      return names.length === 0 ? [] : JSON.parse(this.#ask("volume", "inspect", ...names));
    } catch (error) {
      if (error instanceof NotFound) {
        return [];
      }
      throw error;
    }
  }
}
