// How a shop's back end talks to the inventory service, and what it does with each answer. The types are generated from
// openapi.yaml, so a change of the interface that breaks this file is seen when it is compiled: .ci/typescript-client.

import type { components, operations } from "./inventory.js";

type StockRecord = components["schemas"]["InventoryRecord"];
type Change = components["schemas"]["StockAnswer"];
type ReserveRequest = operations["reserveInventory"]["requestBody"]["content"]["application/json"];
type AdjustRequest = operations["adjustInventory"]["requestBody"]["content"]["application/json"];
type ReserveConflict = components["responses"]["ReserveConflict"]["content"]["application/problem+json"];
type Problem = components["schemas"]["Problem"];

/** What became of a sale. */
export type Sale =
  | { outcome: "sold"; change: Change; replayed: boolean }
  /** Fewer are there: offer the customer what is. */
  | { outcome: "short"; available: number }
  /** Somebody changed the stock since it was shown: show it again, the customer decides again. */
  | { outcome: "changed"; version: number; qty: number }
  | { outcome: "unknown-sku" };

/** The service refused or failed in a way that this shop cannot do anything about; the request id belongs in the report. */
export class ServiceError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.title}: ${problem.detail} (request ${problem.requestId})`);
  }
}

export class Shop {
  /** How often a request was repeated, by what it was told or met. */
  readonly repeated = new Map<string, number>();

  /**
   * @param baseUrl where the service is
   * @param tries how often a request is sent at most
   */
  constructor(
    private readonly baseUrl: string,
    private readonly tries = 20,
  ) {}

  /** The stock of a SKU, and the entity tag that a conditional sale needs; null when the store does not have the SKU. */
  async stock(storeId: string, sku: string): Promise<{ record: StockRecord; etag: string } | null> {
    const response = await this.send("GET", path(storeId, sku));
    if (response.status === 404) {
      return null;
    }
    const record = await expect<StockRecord>(response, 200);
    return { record, etag: response.headers.get("ETag") ?? `"${record.version}"` };
  }

  /** Adds what was delivered. The key names this one delivery: however often it is sent, it counts once. */
  async deliver(storeId: string, sku: string, pieces: number, key: string): Promise<Change> {
    const body: AdjustRequest = { delta: pieces };
    return expect<Change>(await this.send("POST", `${path(storeId, sku)}/adjust`, body, { "Idempotency-Key": key }), 200, 201);
  }

  /**
   * Sells so many pieces, or none.
   *
   * @param key names this one sale; kept with the order, so that the sale can be sent again after a crash of the shop, too
   * @param etag of the stock that the customer saw, to sell only if it is still that
   */
  async sell(storeId: string, sku: string, qty: number, key: string, etag?: string): Promise<Sale> {
    const body: ReserveRequest = { qty };
    const headers = { "Idempotency-Key": key, ...(etag === undefined ? {} : { "If-Match": etag }) };
    const response = await this.send("POST", `${path(storeId, sku)}/reserve`, body, headers);
    switch (response.status) {
      case 404:
        return { outcome: "unknown-sku" };
      case 409:
        return refused((await response.json()) as ReserveConflict);
      default: {
        const replayed = response.headers.get("Idempotency-Replayed") === "true";
        return { outcome: "sold", change: await expect<Change>(response, 200), replayed };
      }
    }
  }

  /**
   * Sends a request until it is answered for good. A lost connection, 429, 503 and 500 are no such answers: the same request
   * is sent again, with the same key, so that it counts once even when the answer to an earlier try was lost.
   */
  private async send(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    const request: RequestInit =
      body === undefined
        ? { method, headers }
        : { method, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
    for (let left = this.tries - 1; ; left--) {
      let seconds = 1;
      try {
        const response = await fetch(this.baseUrl + path, request);
        if (![429, 500, 503].includes(response.status) || left === 0) {
          return response;
        }
        seconds = Number(response.headers.get("Retry-After") ?? 1);
        await response.body?.cancel();
        this.count(String(response.status));
      } catch (lost) {
        if (left === 0) {
          throw lost;
        }
        this.count("lost");
      }
      // Not all at once: those who were refused together would come back together.
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000 * (1 + Math.random())));
    }
  }

  private count(reason: string): void {
    this.repeated.set(reason, (this.repeated.get(reason) ?? 0) + 1);
  }
}

function path(storeId: string, sku: string): string {
  return `/stores/${encodeURIComponent(storeId)}/inventory/${encodeURIComponent(sku)}`;
}

/** Every kind of conflict that the interface has; a new one is an error of the compiler here. */
function refused(conflict: ReserveConflict): Sale {
  switch (conflict.type) {
    case "urn:inventory:problem:insufficient-stock":
      return { outcome: "short", available: conflict.available };
    case "urn:inventory:problem:version-conflict":
      return { outcome: "changed", version: conflict.currentVersion, qty: conflict.currentQty };
    case "urn:inventory:problem:idempotency-key-reused":
      throw new ServiceError(conflict); // two sales with one key: a mistake of this shop
    default:
      return conflict satisfies never;
  }
}

async function expect<T>(response: Response, ...statuses: number[]): Promise<T> {
  if (!statuses.includes(response.status)) {
    throw new ServiceError((await response.json()) as Problem);
  }
  return (await response.json()) as T;
}
