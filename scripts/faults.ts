/** `npm run faults`: puts this project, or another way to deploy Lago, through named faults. */
import { runMeasured } from "./measured.ts";

await runMeasured("faults");
