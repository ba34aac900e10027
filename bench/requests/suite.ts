/** Suite: requests that are lost while a setting changes. */
import { setTimeout as delay } from "node:timers/promises";
import { liveName, proxyNetworkName } from "../../src/compose/behind-proxy.ts";
import { type LoadCount, startLoad } from "../../testing/load.ts";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import { liveRounds } from "../live.ts";
import type { Session } from "../session.ts";
import { NotDone, type Suite, type SuiteChoice } from "../suite.ts";
import { startCaddy } from "./caddy.ts";
import { CONTENDERS, type RequestsContender } from "./contenders.ts";

/** Time of load before and after the change, in milliseconds. */
const SETTLED_MS = 2_000;

const WORK = [
  { id: "lost-get", title: "lost requests, GET of the api", unit: "count" },
  { id: "lost-post", title: "lost requests, POST to the api", unit: "count" },
  { id: "lost-front", title: "lost requests, GET of the front", unit: "count" },
  { id: "sent", title: "sent requests", unit: "count" },
  { id: "longest", title: "longest time to an answer", unit: "ms" },
  { id: "change", title: "the change", unit: "ms" },
] as const;

/** Requests lost by a change of one setting of api and front. */
export const requests: Suite = {
  id: "requests",
  title: "Requests lost while a setting changes",
  how: "A setting of api and front changes, while api and front get 20 requests a second of each kind, which do not wait for one another. Lost is one without an answer, or with one of the proxy in Lago's place (502, 503, 504). Caddy has the file of this project's example, without TLS. It reaches Lago at the ports that Lago publishes, and where Lago has `behindProxy` on the network that Lago shares with it. The Caddy is Debian's 2.6.2, which does not send a POST with a body again. Kamal's proxy is not among them: the npm registry has no package of it, and its image was out of reach.",
  contenders: CONTENDERS.map(({ subject }) => subject),
  work: WORK.map(({ id, title, unit }) => ({ id, title, unit })),
  rounds: (asked) => Math.ceil(asked / 2),
  run: change,
};

async function change(choice: SuiteChoice): Promise<void> {
  const chosen = CONTENDERS.filter(({ subject }) => choice.contenders.includes(subject.name));
  const work = WORK.filter(({ id }) => choice.work.includes(id));
  await liveRounds(chosen, choice, async (session, { subject }, onResult) => {
    const contender = chosen.find((one) => one.subject === subject) as RequestsContender;
    const counted = await counts(session, contender).catch((error: unknown) => {
      if (error instanceof NotDone) {
        return error.message;
      }
      throw error;
    });
    for (const { id } of work) {
      onResult(id, typeof counted === "string" ? counted : counted[id]);
    }
  });
}

type Counts = Readonly<Record<(typeof WORK)[number]["id"], number>>;

async function counts(session: Session, contender: RequestsContender): Promise<Counts> {
  const { project, ports } = session.world;
  // Nobody asks these addresses; behind a proxy they may not be those of the host.
  session.set("LAGO_API_URL", "http://api.zbl-test.internal");
  session.set("LAGO_FRONT_URL", "http://billing.zbl-test.internal");
  await session.timeUntilHealthy();
  const caddy = contender.hasCaddy
    ? await startCaddy(
        project,
        contender.isOnNetwork === true
          ? {
              network: proxyNetworkName(project),
              api: liveName(project, "api"),
              front: liveName(project, "front"),
            }
          : ports,
      )
    : undefined;
  try {
    const { api, front } = caddy ?? {
      api: `http://127.0.0.1:${ports.api}`,
      front: `http://127.0.0.1:${ports.front}`,
    };
    await delay(SETTLED_MS);
    const load = startLoad([
      { name: "get", url: `${api}/health` },
      { name: "post", url: `${api}/api/v1/events`, method: "POST", body: "{}" },
      { name: "front", url: front },
    ]);
    let changeMs: number;
    let counted: Readonly<Record<string, LoadCount>>;
    try {
      await delay(SETTLED_MS);
      session.set(HARMLESS_VARIABLE, "true");
      changeMs = await session.timeUntilHealthy();
      await delay(SETTLED_MS);
    } finally {
      counted = await load.stop();
    }
    const all = Object.values(counted);
    return {
      "lost-get": counted.get?.lost ?? 0,
      "lost-post": counted.post?.lost ?? 0,
      "lost-front": counted.front?.lost ?? 0,
      sent: all.reduce((sum, { sent }) => sum + sent, 0),
      longest: Math.max(...all.map(({ longestMs }) => longestMs)),
      change: changeMs,
    };
  } finally {
    await caddy?.remove();
  }
}
