import createClient, { type Middleware } from "openapi-fetch";

import type { paths as HubPaths } from "./generated/hub";
import type { paths as LuiPaths } from "./generated/lui";
import type { paths as MailerPaths } from "./generated/mailer";
import type { paths as TrackerPaths } from "./generated/tracker";
import { Problem, problemFrom, unreachable } from "./problem";

/** A resource and the version it had when it was read: send the version back to change exactly what was seen. */
export interface Versioned<T> {
  value: T;
  etag: string | undefined;
}

const failuresAreThrown: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    throw problemFrom(response.status, body);
  },
  onError({ error }) {
    return error instanceof Problem || (error instanceof DOMException && error.name === "AbortError") ? undefined : unreachable();
  },
};

/** lui, the only origin the browser talks to. */
export const lui = createClient<LuiPaths>({ baseUrl: window.location.origin });
lui.use(failuresAreThrown);

/** Takes the value out of an answer; failures were thrown before. */
export function valueOf<T>(answer: { data?: T; response: Response }): T {
  return answer.data as T;
}

/** As `valueOf`, with the version. */
export function versionOf<T>(answer: { data?: T; response: Response }): Versioned<T> {
  return { value: answer.data as T, etag: answer.response.headers.get("ETag") ?? undefined };
}

/** Headers that make a change depend on the version seen. */
export function ifMatch(etag: string | undefined): Record<string, string> {
  return etag === undefined ? {} : { "If-Match": etag };
}

/** A key that makes repeating one creation harmless. Works outside secure contexts too. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** Asks lui to pass a request on: `/api/hub/v1/…` is hub's `/api/v1/…`. */
function requestFor(service: "hub" | "mailer" | "tracker"): typeof Request {
  return class extends Request {
    constructor(address: RequestInfo | URL, init?: RequestInit) {
      super(address instanceof Request ? address : String(address).replace("/api/v1/", `/api/${service}/v1/`), init);
    }
  };
}

/** hub, behind lui. */
export const hub = createClient<HubPaths>({ baseUrl: window.location.origin, Request: requestFor("hub") });
hub.use(failuresAreThrown);

/** mailer, behind lui. */
export const mailer = createClient<MailerPaths>({ baseUrl: window.location.origin, Request: requestFor("mailer") });
mailer.use(failuresAreThrown);

/** tracker, behind lui. */
export const tracker = createClient<TrackerPaths>({ baseUrl: window.location.origin, Request: requestFor("tracker") });
tracker.use(failuresAreThrown);
