/** The templates call the pipeline command and nothing else, and keep what they promise. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { run } from "../../../../src/process/run.ts";
import { ROOT } from "../../../../testing/folders.ts";

const FOLDER = join(ROOT, "pipelines");
const read = (...path: string[]) => readFileSync(join(FOLDER, ...path), "utf8");

/** In the order in which a commit comes to them. */
const STACKS = ["dev", "staging", "prod"];

const COMMAND = /^(exec )?npm run --silent cli -- pipeline (preview|deploy|drift) --stack /;

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly name?: string;
}

interface Job {
  readonly if?: string;
  readonly steps: readonly Step[];
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly environment?: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const GITHUB = ["preview.yml", "deploy.yml", "drift.yml"];

describe.each(GITHUB)("github/%s", (file) => {
  const text = read("github", file);
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it("pins every action by a whole commit, with its release beside it", () => {
    const used = text.split("\n").filter((line) => line.includes("uses: "));
    expect(used.length).toBeGreaterThanOrEqual(2);
    for (const line of used) {
      expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("runs one step of the pipeline in each job", () => {
    for (const job of jobs) {
      const commands = job.steps.filter(({ run: command }) => COMMAND.test(command ?? ""));
      expect(commands).toHaveLength(1);
      expect(commands[0]?.run).toContain(`pipeline ${file.replace(".yml", "")} `);
    }
  });

  it("puts no expression into a script, where it would be run as a part of it", () => {
    for (const { run: script = "" } of steps) {
      expect(script).not.toContain("${{");
    }
  });

  it("takes secrets from GitHub's store, and may do no more than it has to", () => {
    for (const { env } of jobs) {
      for (const [name, value] of Object.entries(env)) {
        const secret = name !== "PULUMI_BACKEND_URL";
        expect(value).toMatch(secret ? /^\$\{\{ secrets\.\w+ \}\}$/ : /^\$\{\{ vars\.\w+ \}\}$/);
      }
    }
    expect(workflow.permissions.contents).toBe("read");
    const writes = Object.entries(workflow.permissions).filter(([, may]) => may === "write");
    expect(writes.map(([name]) => name)).toEqual(
      { "preview.yml": ["pull-requests"], "deploy.yml": [], "drift.yml": ["issues"] }[file],
    );
  });
});

describe("GitHub's templates together", () => {
  const jobsOf = (file: string) => (parse(read("github", file)) as Workflow).jobs;

  it("let one deploy run at a time at a stack, which nothing cuts short or drops", () => {
    const deploys = jobsOf("deploy.yml");
    expect(Object.keys(deploys)).toEqual(STACKS);
    for (const stack of STACKS) {
      expect(deploys[stack]).toMatchObject({
        environment: stack,
        concurrency: { group: `lago-deploy-${stack}`, "cancel-in-progress": false },
      });
      expect(deploys[stack]?.steps.at(-1)?.run).toMatch(new RegExp(`--stack ${stack}$`));
    }
    const groups = Object.values({ ...jobsOf("preview.yml"), ...jobsOf("drift.yml") });
    expect(JSON.stringify(groups)).not.toContain("lago-deploy-");
  });

  it("promote to staging after dev and to prod after staging, and look at each of them", () => {
    const { dev, ...promoted } = jobsOf("deploy.yml");
    expect(dev).not.toHaveProperty("needs");
    expect(promoted).toMatchObject({ staging: { needs: "dev" }, prod: { needs: "staging" } });
    const looks = { strategy: { matrix: { stack: STACKS } } };
    expect(jobsOf("preview.yml").preview).toMatchObject(looks);
    expect(jobsOf("drift.yml").drift).toMatchObject(looks);
  });

  it("give forks nothing", () => {
    expect(jobsOf("preview.yml").preview?.if).toBe(
      "github.event.pull_request.head.repo.full_name == github.repository",
    );
  });
});

describe("gitlab/.gitlab-ci.yml", () => {
  type GitLabJob = Readonly<Record<string, unknown>> & { readonly script?: readonly string[] };
  const all = parse(read("gitlab", ".gitlab-ci.yml")) as Record<string, GitLabJob>;
  const jobs = Object.entries(all)
    .filter(([name]) => name !== "stages" && name !== "default" && !name.startsWith("."))
    .map(([name, job]) => ({ name, ...all[String(job.extends)], ...job }));

  it("runs each step for each stack, one at a time for those that touch it", () => {
    expect(jobs.map(({ name }) => name)).toEqual(
      ["preview", "deploy", "drift"].flatMap((step) => STACKS.map((stack) => `${step}-${stack}`)),
    );
    for (const { name, script = [], ...job } of jobs) {
      const [step, stack] = name.split("-");
      expect(script).toHaveLength(1);
      expect(script[0]).toMatch(COMMAND);
      expect(script[0]).toContain(`pipeline ${step} `);
      expect(job).toMatchObject({ stage: step, variables: { STACK: stack } });
      expect((all.stages as unknown as string[]).includes(String(step))).toBe(true);
      if (step !== "preview") {
        expect(job).toMatchObject({ resource_group: "lago-$STACK" });
      }
    }
  });

  it("promotes to staging after dev, and to prod after staging when somebody says so", () => {
    const deploy = (stack: string) => jobs.find(({ name }) => name === `deploy-${stack}`);
    const rules = [{ if: expect.stringContaining("$CI_DEFAULT_BRANCH") }];
    expect(deploy("dev")).not.toHaveProperty("needs");
    expect(deploy("staging")).toMatchObject({ needs: ["deploy-dev"], rules });
    expect(deploy("staging")).not.toMatchObject({ rules: [{ when: "manual" }] });
    expect(deploy("prod")).toMatchObject({ needs: ["deploy-staging"], rules });
    expect(deploy("prod")).toMatchObject({ interruptible: false, rules: [{ when: "manual" }] });
  });
});

describe("scripts", () => {
  const scripts = ["shell/pull-and-deploy.sh", "git-hooks/post-receive", "git-hooks/pre-receive"];

  it.each(scripts)("%s is a program that the system's shell reads", async (file) => {
    expect(statSync(join(FOLDER, file)).mode & 0o111).toBe(0o111);
    const options = { env: { PATH: process.env.PATH ?? "" }, timeoutMs: 10_000 };
    const result = await run("sh", ["-n", join(FOLDER, file)], options);
    expect(result, result.stderr).toMatchObject({ exitCode: 0 });
    expect(
      read(file)
        .split("\n")
        .filter((line) => COMMAND.test(line.trim())),
    ).toHaveLength(1);
  });

  it("of systemd come with a timer each, and read the passphrase as a credential", () => {
    const units = readdirSync(join(FOLDER, "systemd")).sort();
    expect(units).toEqual([
      ...["lago-deploy@.service", "lago-deploy@.timer"],
      ...["lago-drift@.service", "lago-drift@.timer"],
    ]);
    for (const unit of units.filter((name) => name.endsWith(".service"))) {
      const text = read("systemd", unit);
      expect(text).toContain("Type=oneshot");
      expect(text).toContain("LoadCredential=passphrase:");
      expect(text).toMatch(/^ExecStart=.*(pull-and-deploy\.sh|pipeline drift --stack %i)/m);
    }
  });
});
