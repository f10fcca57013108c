// Holds the dashboard against Grafana's own types: the model, and the options and fields of each kind of panel.
// Started by .ci/check-ops, where its packages are. Annotations are left out, for each data source adds to them what it likes.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const packages = process.argv[2]; // the directory with node_modules
const kinds = {
  stat: "stat/panelcfg/x/StatPanelCfg_types.gen",
  timeseries: "timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen",
  heatmap: "heatmap/panelcfg/x/HeatmapPanelCfg_types.gen",
  "state-timeline": "statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen",
};
const composable = "@grafana/schema/dist/esm/raw/composable";
const { annotations, ...dashboard } = JSON.parse(readFileSync("ops/grafana/dashboards/inventory.json", "utf8"));

const lines = [
  `import type { Dashboard } from "@grafana/schema";`,
  ...Object.entries(kinds).map(([kind, path]) => `import type * as ${kind.replace("-", "_")} from "${composable}/${path}";`),
  // JSON has the names of an enum, not its members.
  "type Plain<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;",
  // What a panel does not say, Grafana takes from its defaults.
  "type Some<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]?: Some<T[K]> } : T;",
  `type Query = { refId: string; expr: string; legendFormat: string; instant?: boolean; format?: "heatmap" };`,
  `export const dashboard: Plain<Omit<Dashboard, "annotations">> = ${JSON.stringify(dashboard)};`,
];
let panels = 0;
for (const { id, type, title, options, fieldConfig, targets } of dashboard.panels.filter((panel) => panel.type !== "row")) {
  const kind = type.replace("-", "_");
  lines.push(`// ${title}`, `export const options${id}: Some<${kind}.Options> = ${JSON.stringify(options)};`);
  if (fieldConfig.defaults.custom) {
    lines.push(`export const fields${id}: Some<${kind}.FieldConfig> = ${JSON.stringify(fieldConfig.defaults.custom)};`);
  }
  for (const [i, { datasource, ...query }] of targets.entries()) {
    lines.push(`export const query${id}_${i}: Query = ${JSON.stringify(query)};`);
  }
  panels++;
}
writeFileSync(`${packages}/dashboard.mts`, lines.join("\n"));
const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext"];
try {
  execFileSync(`${packages}/node_modules/.bin/tsc`, [...options, `${packages}/dashboard.mts`], { stdio: "pipe" });
} catch (e) {
  console.log(String(e.stdout ?? e));
  process.exit(1);
}
console.log(`the dashboard holds: ${panels} panels`);
