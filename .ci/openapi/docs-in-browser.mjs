// Opens /docs in a Chromium as a reader would, and holds it to what a reader needs: node docs-in-browser.mjs CHROMIUM URL
// SECONDS FILE OPERATIONS. Prints the processor time until the first operation has opened; a screenshot of the first screen goes
// to FILE. Speaks the DevTools protocol through two pipes, so that nothing listens.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [chromium, url, secondsMax, file, operations] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "docs-in-browser-"));
const browser = spawn(chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
  `--user-data-dir=${profile}`, "--remote-debugging-pipe", "--window-size=1400,1000", "about:blank"],
  { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const gone = new Promise((resolve) => browser.on("exit", resolve));
const [toBrowser, fromBrowser] = [browser.stdio[3], browser.stdio[4]];

const waiting = new Map();
const complaints = [];
let ids = 0;
let unread = "";
fromBrowser.setEncoding("utf8");
fromBrowser.on("data", (text) => {
  const messages = (unread + text).split("\0");
  unread = messages.pop();
  for (const { id, method, params, result, error } of messages.map((message) => JSON.parse(message))) {
    if (id !== undefined) {
      error ? waiting.get(id)?.reject(new Error(error.message)) : waiting.get(id)?.resolve(result);
    } else if (method === "Network.requestWillBeSent" && !params.request.url.startsWith("data:")) {
      if (new URL(params.request.url).origin !== new URL(url).origin) complaints.push(`it asks ${params.request.url}`);
    } else if (method === "Log.entryAdded" && params.entry.level === "error") {
      complaints.push(`it logs: ${params.entry.text} ${params.entry.url ?? ""}`);
    } else if (method === "Runtime.exceptionThrown") {
      complaints.push(`it throws: ${params.exceptionDetails.exception?.description ?? params.exceptionDetails.text}`);
    }
  }
});
let session;
function send(method, params = {}) {
  return new Promise((resolve, reject) => {
    waiting.set(++ids, { resolve, reject });
    toBrowser.write(`${JSON.stringify({ id: ids, method, params, sessionId: session })}\0`);
  });
}
const read = async (expression) => (await send("Runtime.evaluate", { expression, returnByValue: true })).result.value;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(expression, what) {
  for (let tries = 0; tries < 600; tries++) {
    if (await read(expression)) return;
    await pause(200);
  }
  throw new Error(`after two minutes there is no ${what}`);
}
/** The processor time of all pages so far, in seconds. */
async function processorTime() {
  const page = session;
  session = undefined;
  const { processInfo } = await send("SystemInfo.getProcessInfo");
  session = page;
  return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
async function shown(colours, file) {
  await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: colours }] });
  await pause(500); // until it is painted
  const { data } = await send("Page.captureScreenshot", { format: "png" });
  writeFileSync(file, Buffer.from(data, "base64"));
}

let failed = 0;
function check(what, holds, found = "") {
  console.log(`${holds ? "ok   " : "WRONG"} ${what}${found === "" ? "" : ` (${found})`}`);
  failed += holds ? 0 : 1;
}

try {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  session = (await send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  for (const domain of ["Page", "Network", "Log", "Runtime"]) await send(`${domain}.enable`);
  await send("Page.navigate", { url: `${url}/docs` });
  await until("document.querySelectorAll('.opblock').length > 0", "operation");
  const listed = await processorTime();
  await pause(2000); // by then it works on what it has not resolved yet, and opens nothing meanwhile
  await shown("light", file);
  await shown("dark", file.replace(/\.png$/, "-dark.png"));
  check("the first operation is on the first screen",
    await read("document.querySelector('.opblock').getBoundingClientRect().bottom <= innerHeight"),
    `it begins at ${await read("Math.round(document.querySelector('.opblock').getBoundingClientRect().top)")}`);
  await read("document.querySelector('.opblock .opblock-summary-control').click()");
  await until("document.querySelector('.opblock .responses-table') !== null", "table of answers");
  const usable = await processorTime();
  check(`it is of use within ${secondsMax} s of processor time`, usable <= Number(secondsMax),
    `operations are listed after ${listed.toFixed(1)} s, the first one has opened after ${usable.toFixed(1)} s`);
  const count = await read("document.querySelectorAll('.opblock').length");
  check("it shows each operation of the document, once", count === Number(operations), `${count} of ${operations}`);
  const quoted = await read("(document.body.innerText.match(/[^\\n]*`[^\\n]*/g) ?? []).join(' / ')");
  check("no Markdown is shown raw", quoted === "", quoted);
  await read("document.querySelector('.opblock').scrollIntoView()");
  await shown("light", file.replace(/\.png$/, "-operation.png"));

  const link = await read("[...document.querySelectorAll('.info a')].map((a) => a.href).find((href) => href.endsWith('problems.html')) ?? ''");
  check("the page leads to the table of problems", link === `${url}/docs/problems.html`, link);
  await send("Page.navigate", { url: link || `${url}/docs/problems.html` });
  await until("document.querySelectorAll('tbody tr').length > 0", "row of the table");
  await shown("light", file.replace(/\.png$/, "-problems.png"));
  check("nothing is asked of others, refused or thrown", complaints.length === 0, complaints.join("; "));
} catch (e) {
  check(String(e.message), false);
} finally {
  session = undefined;
  send("Browser.close").catch(() => {}); // in good order, for a process that is killed leaves others that write into its profile
  await Promise.race([gone, pause(10000)]);
  browser.kill("SIGKILL");
  for (let tries = 0; tries < 20; tries++) {
    try {
      rmSync(profile, { recursive: true, force: true });
      break;
    } catch {
      await pause(500);
    }
  }
}
process.exitCode = failed === 0 ? 0 : 1;
