import { once } from "node:events";
import { createServer } from "node:net";
import type { FaultCase } from "../case.ts";

export const faultCase: FaultCase = {
  id: "RB06",
  name: "port-taken",
  levels: ["D"],
  injects: "another program listens on the api's port",
  expects: "PortTaken with the port and the program that has it, and no container is made",
  boundMs: { D: 30_000 },
  run: async (trial) => {
    const { world } = trial;
    const { api } = world.ports;
    const server = createServer();
    trial.undo(async () => {
      const closed = once(server, "close");
      server.close();
      await closed;
    });
    server.listen(api, "127.0.0.1");
    await once(server, "listening");
    const up = await trial.up();
    trial.expectFailure(up, {
      kind: "PortTaken",
      words: /port is already allocated|address already in use/i,
      names: new RegExp(`\\b${api}\\b`),
    });
    const owner = new RegExp(`\\b${process.pid}\\b`);
    trial.expect(owner.test(up.output), "the program that has the port is not named");
    const made = [...(await trial.daemon.containers()).keys()];
    trial.expect(made.length === 0, `there are containers of ${made.join(", ")}`);
  },
};
