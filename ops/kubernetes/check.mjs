// Holds manifests, read from standard input, against the types and schemas of Kubernetes and the Prometheus Operator: unknown
// fields are found by the TypeScript compiler, wrong values by the schemas. Started by .ci/check-ops, where its packages are.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const packages = process.argv[2]; // the directory with node_modules
const require = createRequire(`${packages}/package.json`);
const { loadAll } = require("js-yaml");

const modules = {
  "apps/v1": "kubernetes-models/apps/v1",
  v1: "kubernetes-models/v1",
  "policy/v1": "kubernetes-models/policy/v1",
  "monitoring.coreos.com/v1": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
};
const manifests = loadAll(readFileSync(0, "utf8")).filter(Boolean);
if (manifests.length === 0) throw new Error("no manifests");

const lines = manifests.map(({ apiVersion, kind }) => `import type { I${kind} } from "${modules[apiVersion]}";`);
for (const [i, manifest] of manifests.entries()) {
  const kinds = require(modules[manifest.apiVersion]);
  new kinds[manifest.kind](manifest).validate();
  lines.push(`export const m${i}: I${manifest.kind} = ${JSON.stringify(manifest)};`);
}
for (const { kind, metadata, spec } of manifests) {
  if (spec?.template?.spec && spec.template.spec.enableServiceLinks !== false) {
    console.log(`${kind} ${metadata.name}: without enableServiceLinks: false, variables of other services are set in its pods`);
    process.exit(1);
  }
}
writeFileSync(`${packages}/manifests.mts`, lines.join("\n"));
const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext"];
try {
  execFileSync(`${packages}/node_modules/.bin/tsc`, [...options, `${packages}/manifests.mts`], { stdio: "pipe" });
} catch (e) {
  console.log(String(e.stdout ?? e));
  process.exit(1);
}
console.log(`${manifests.length} manifests hold: ${manifests.map((m) => m.kind).join(", ")}`);
