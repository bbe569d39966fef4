// Writes src/api/generated/*.ts from the services' committed OpenAPI files; `--check` fails when one is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import openapiTS, { astToString } from "openapi-typescript";

const web = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const services = resolve(web, "../..");
const check = process.argv.includes("--check");
const banner = "// Generated from openapi.json by `npm run client`. Never edited by hand.\n\n";
let stale = 0;

for (const service of ["lui", "hub", "mailer", "tracker"]) {
  const source = resolve(services, service, "openapi.json");
  const target = resolve(web, "src/api/generated", `${service}.ts`);
  const schema = JSON.parse(readFileSync(source, "utf8"));
  const wanted = banner + astToString(await openapiTS(schema, { alphabetize: true }));
  const present = existsSync(target) ? readFileSync(target, "utf8") : "";
  if (present === wanted) continue;
  if (check) {
    stale += 1;
    console.error(`${service}: the generated client differs from services/${service}/openapi.json; run \`npm run client\`.`);
  } else {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, wanted);
    console.log(`${service}: client written`);
  }
}
process.exit(stale > 0 ? 1 : 0);
