// Makes ./inventory, a client with a function for each operation: npx @hey-api/openapi-ts, in the version of .ci/openapi/package.json.
export default {
  input: "../../openapi.yaml",
  output: { path: "inventory", module: { extension: ".js" } },
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
};
