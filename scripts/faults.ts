/** `npm run faults`: puts this project, or another way to deploy Lago, through named faults. */
import { runMeasured } from "./lib/measured.ts";

await runMeasured("faults");
