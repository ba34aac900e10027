/** `npm run bench`: measures this project beside other ways to deploy Lago. */
import { runMeasured } from "./lib/measured.ts";

await runMeasured("bench");
