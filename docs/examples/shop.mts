// How a shop's back end talks to the inventory service, and what it does with each answer. The client under ./inventory is
// generated from openapi.yaml by hey-api (openapi-ts.config.mjs), so a change of the interface that breaks this file is seen when
// it is compiled: .ci/typescript-client.

import { createClient, type Client } from "./inventory/client/index.js";
import {
  adjustInventory,
  getInventory,
  reserveInventory,
  type InventoryRecord,
  type Problem,
  type ReserveConflictProblem,
  type StockAnswer,
  type StockEvent,
} from "./inventory/index.js";

/** What became of a sale. */
export type Sale =
  | { outcome: "sold"; change: StockAnswer; replayed: boolean }
  /** Fewer are there: offer the customer what is; a key without the right to read is not told how many. */
  | { outcome: "short"; available: number | undefined }
  /** Somebody changed the stock since it was shown: show it again, the customer decides again. */
  | { outcome: "changed"; version: number | undefined; qty: number | undefined }
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

  private readonly client: Client;

  /**
   * @param baseUrl where the service is
   * @param tries how often a request is sent at most
   */
  constructor(
    baseUrl: string,
    private readonly tries = 20,
  ) {
    this.client = createClient({ baseUrl, fetch: (input, init) => this.send(new Request(input, init)) });
  }

  /** The stock of a SKU, and the entity tag that a conditional sale needs; null when the store does not have the SKU. */
  async stock(storeId: string, sku: string): Promise<{ record: InventoryRecord; etag: string } | null> {
    const { data, error, response } = await getInventory({ client: this.client, path: { storeId, sku } });
    if (response?.status === 404) {
      return null;
    }
    const record = data ?? fail(error, response);
    return { record, etag: response?.headers.get("ETag") ?? `"${record.version}"` };
  }

  /** Adds what was delivered. The key names this one delivery: however often it is sent, it counts once. */
  async deliver(storeId: string, sku: string, pieces: number, key: string): Promise<StockAnswer> {
    const { data, error, response } = await adjustInventory({
      client: this.client,
      path: { storeId, sku },
      body: { delta: pieces },
      headers: { "Idempotency-Key": key },
    });
    return data ?? fail(error, response);
  }

  /**
   * Sells so many pieces, or none.
   *
   * @param key names this one sale; kept with the order, so that the sale can be sent again after a crash of the shop, too
   * @param etag of the stock that the customer saw, to sell only if it is still that
   */
  async sell(storeId: string, sku: string, qty: number, key: string, etag?: string): Promise<Sale> {
    const { data, error, response } = await reserveInventory({
      client: this.client,
      path: { storeId, sku },
      body: { qty },
      headers: { "Idempotency-Key": key, ...(etag === undefined ? {} : { "If-Match": etag }) },
    });
    switch (response?.status) {
      case 404:
        return { outcome: "unknown-sku" };
      case 409:
        return refused(error as ReserveConflictProblem);
      default: {
        const replayed = response?.headers.get("Idempotency-Replayed") === "true";
        return { outcome: "sold", change: data ?? fail(error, response), replayed };
      }
    }
  }

  /** Every change after a sequence, in order, for ever: a lost connection is made again where it was lost. */
  async events(after: number, signal: AbortSignal): Promise<AsyncGenerator<StockEvent>> {
    const { stream } = await this.client.sse.get<StockEvent>({
      url: "/events",
      query: { after },
      headers: { Accept: "text/event-stream" },
      signal,
    });
    return stream as AsyncGenerator<StockEvent>;
  }

  /**
   * Sends a request until it is answered for good. A lost connection, 429, 503 and 500 are no such answers: the same request
   * is sent again, with the same key, so that it counts once even when the answer to an earlier try was lost.
   */
  private async send(request: Request): Promise<Response> {
    for (let left = this.tries - 1; ; left--) {
      let seconds = 1;
      try {
        const response = await fetch(request.clone());
        if (![429, 500, 503].includes(response.status) || left === 0) {
          return response;
        }
        seconds = Number(response.headers.get("Retry-After") ?? 1);
        await response.body?.cancel();
        this.count(String(response.status));
      } catch (lost) {
        if (left === 0 || request.signal.aborted) {
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

/** Every kind of conflict that the interface has; a new one is an error of the compiler here. */
function refused(conflict: ReserveConflictProblem): Sale {
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

/** An answer is a problem; without one, what kept it from coming is thrown on. */
function fail(error: unknown, response: Response | undefined): never {
  throw response === undefined ? error : new ServiceError(error as Problem);
}
