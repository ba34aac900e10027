/** What Ansible prints is read as a person reads it. */
import { describe, expect, it } from "vitest";
import { changesIn, errorIn } from "../../../../faults/subjects/ansible-output.ts";

const RECAP = `PLAY RECAP *********************************************************************
localhost                  : ok=2    changed=CHANGED    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0   
`;

const MESSAGE = `[ERROR]: Task failed: Module failed: General error: service "migrate" didn't complete successfully: exit 7
Origin: /srv/lago/up.yml:12:7

11   tasks:
12     - name: Create and start services
         ^ column 7
`;

const STDERR = ` Container lago-migrate-1  Starting\nservice "migrate" didn't complete successfully: exit 7\n`;
const FATAL = `fatal: [localhost]: FAILED! => ${JSON.stringify({
  changed: true,
  containers: [{ Name: "lago-api-1" }],
  stderr: STDERR,
  stderr_lines: STDERR.split("\n"),
})}`;

const WARNING = "[WARNING]: Docker compose: container lago-migrate-1: ended";

function play(changed: number, ...actions: [id: string, status: string][]): string {
  const list = actions.map(([id, status]) => ({ id, status, what: "container" }));
  const shown = JSON.stringify({ "output.actions": list }, undefined, 4);
  return `\nPLAY [Deploy Lago] ***\n\nTASK [Show what was changed] ***\nok: [localhost] => ${shown}\n\n${RECAP.replace("CHANGED", String(changed))}`;
}

describe("the error", () => {
  it("is Ansible's message and docker's own lines, without lists of what there is", () => {
    const output = `\nPLAY [Deploy Lago] ***\n\nTASK [Create and start services] ***\n${MESSAGE}\n${FATAL}\n\n${RECAP}\n${WARNING}\n`;
    expect(errorIn(output)).toBe(`${MESSAGE}\n${STDERR}`);
  });

  it("keeps a line that holds nothing of docker's, or is cut off", () => {
    const fatal = 'fatal: [localhost]: FAILED! => {"changed": false, "msg": "is not a directory"}';
    expect(errorIn(`TASK [x] ***\n${fatal}\n\n${RECAP}`)).toBe(fatal);
    const cut = FATAL.slice(0, -20);
    expect(errorIn(`${cut}\n`)).toBe(cut);
  });

  it("is all there is where no task has failed", () => {
    expect(errorIn("Traceback: no such option")).toBe("Traceback: no such option");
  });
});

describe("what was changed", () => {
  it("is each action that Ansible shows", () => {
    const output = play(1, ["lago-api-1", "Recreate"], ["lago-api-1", "Starting"]);
    expect(changesIn(output, ["lago-migrate-1"])).toEqual([
      "container lago-api-1 Recreate",
      "container lago-api-1 Starting",
    ]);
  });

  it("is nothing where a one-shot is only started again", () => {
    expect(changesIn(play(1, ["lago-migrate-1", "Starting"]), ["lago-migrate-1"])).toEqual([]);
    expect(changesIn(play(1, ["lago-migrate-1", "Recreate"]), ["lago-migrate-1"])).toEqual([
      "container lago-migrate-1 Recreate",
    ]);
    expect(changesIn(play(0), [])).toEqual([]);
  });

  it("is the count where no action is shown, and not known without one", () => {
    expect(changesIn(RECAP.replace("CHANGED", "3"), [])).toEqual(["changed=3"]);
    expect(changesIn(`${MESSAGE}\n${FATAL}`, [])).toBeUndefined();
  });
});
