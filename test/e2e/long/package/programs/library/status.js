// Says what a deployment does, with the library alone.
import { LagoDeployment } from "z-billing-lago";

const [folder, projectName] = process.argv.slice(2);
const { running, services } = await new LagoDeployment(folder, { projectName }).status();
console.log(JSON.stringify({ running, services }));
