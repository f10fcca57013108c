// An evening of the shop, against a running service: node evening.mjs http://localhost:3000
// Ten pieces come in, forty customers want one each at the same moment; exactly ten get it, whatever is refused meanwhile.

import { Shop, type Sale } from "./shop.mjs";

declare const process: { argv: string[]; exitCode?: number };

const shop = new Shop(process.argv[2] ?? "http://localhost:3000");
const store = "SHOP";
const sku = `LAMP-${crypto.randomUUID()}`;
let wrong = 0;

function check(what: string, holds: boolean): void {
  console.log(`${holds ? "ok   " : "WRONG"} ${what}`);
  wrong += holds ? 0 : 1;
}

check("the store does not have it yet", (await shop.stock(store, sku)) === null);
check("so nobody can buy it", (await shop.sell(store, sku, 1, crypto.randomUUID())).outcome === "unknown-sku");

const delivered = await shop.deliver(store, sku, 10, crypto.randomUUID());
const seen = await shop.stock(store, sku);
check("ten came in", delivered.qty === 10 && seen?.record.qty === 10 && /^"1[."]/.test(seen.etag));

const keys = Array.from({ length: 40 }, () => crypto.randomUUID());
const sales = await Promise.all(keys.map((key) => shop.sell(store, sku, 1, key)));
const count = (outcome: Sale["outcome"]) => sales.filter((sale) => sale.outcome === outcome).length;
check(`of forty, ten bought one (${count("sold")}) and thirty came too late (${count("short")})`, count("sold") === 10 && count("short") === 30);

const winner = sales.findIndex((sale) => sale.outcome === "sold");
const again = await shop.sell(store, sku, 1, keys[winner] ?? "");
const first = sales[winner];
check(
  "the same sale sent again counts once, and gets the first answer",
  first?.outcome === "sold" && again.outcome === "sold" && again.replayed && again.change.sequence === first.change.sequence,
);

await shop.deliver(store, sku, 1, crypto.randomUUID());
const late = await shop.sell(store, sku, 1, crypto.randomUUID(), seen?.etag);
check("who saw an old stock is told the new one", late.outcome === "changed" && late.qty === 1 && late.version === 12);

const closing = new AbortController();
const versions: number[] = [];
for await (const event of await shop.events(delivered.sequence - 1, closing.signal)) {
  for (const movement of event.movements) {
    if (movement.storeId === store && movement.sku === sku) {
      versions.push(movement.version);
    }
  }
  if (versions.length === 12) {
    closing.abort();
    break;
  }
}
check("the feed tells of all twelve changes, once and in order", versions.every((version, i) => version === i + 1));

const repeated = [...shop.repeated].map(([why, times]) => `${why}: ${times}`).sort();
console.log(`repeated ${repeated.length === 0 ? "nothing" : repeated.join(", ")}`);
process.exitCode = wrong === 0 ? 0 : 1;
