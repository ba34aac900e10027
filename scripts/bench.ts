/** `npm run bench`: measures this project beside other ways to deploy Lago. */
import { runMeasured } from "./measured.ts";

await runMeasured("bench");
