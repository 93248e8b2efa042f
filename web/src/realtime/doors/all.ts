// The doors of one client, best first.

import type { Http } from "../http";
import type { OpenDoor } from "./door";
import { pollingDoor } from "./polling";
import { socketDoor } from "./socket";
import { type EventSourceLike, sseDoor } from "./sse";

export interface DoorOptions {
  http: Http;
  url: string;
  token?: string | undefined;
  slug: string;
  resources: readonly string[];
  pollInterval: number;
  eventSource?: ((address: string) => EventSourceLike) | undefined;
}

/** Socket.IO, SSE where there is an EventSource that has a credential, polling. */
export function doorsFor({ http, url, token, slug, resources, pollInterval, eventSource }: DoorOptions): OpenDoor[] {
  const path = `/api/tenants/${encodeURIComponent(slug)}`;
  const open = eventSource ?? (token === undefined ? browserEventSource() : null);
  const sse = open && sseDoor({ address: http.address(`${path}/realtime`), resources, open });
  return [
    socketDoor({ url, token, resources }),
    ...(sse ? [sse] : []),
    pollingDoor({ http, path: `${path}/changes`, resources, interval: pollInterval }),
  ];
}

/** An EventSource sends the cookie but no token. */
function browserEventSource(): ((address: string) => EventSourceLike) | null {
  if (typeof EventSource === "undefined") return null;
  return (address) => new EventSource(address, { withCredentials: true });
}
