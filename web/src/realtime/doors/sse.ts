// The SSE door: an EventSource, for networks that let through plain HTTP only. It is opened anew at the newest cursor rather
// than left to come back by itself, so that one place decides when, and by which door.

import { query } from "../http";
import type { EventName } from "../wire";
import type { Door, Hearing, OpenDoor } from "./door";
import { hearSignal, told } from "./socket";

/** As much of an EventSource as is used. */
export interface EventSourceLike {
  addEventListener(name: string, fn: (event: MessageEvent<string>) => void): void;
  onerror: ((event: never) => void) | null;
  onopen: ((event: never) => void) | null;
  close(): void;
}

export interface SseOptions {
  /** The address of the stream, without query. */
  address: string;
  resources: readonly string[];
  open: (address: string) => EventSourceLike;
}

const SIGNALS = ["ready", "cursor", "snapshot_required", "server_draining", "session_ended"];

/** Every event of the feed; the type checks that none is missing. */
const EVENTS = Object.keys({
  call_assigned: 1,
  call_completed: 1,
  call_created: 1,
  call_deleted: 1,
  call_updated: 1,
  category_created: 1,
  category_deleted: 1,
  category_updated: 1,
  customer_created: 1,
  customer_deleted: 1,
  customer_updated: 1,
  note_created: 1,
  note_deleted: 1,
  note_updated: 1,
  record_hidden: 1,
  service_category_created: 1,
  service_category_deleted: 1,
  service_category_updated: 1,
  service_created: 1,
  service_deleted: 1,
  service_updated: 1,
  user_created: 1,
  user_deleted: 1,
  user_deleted_broadcast: 1,
  user_updated: 1,
} satisfies Record<EventName, 1>);

/** A door that opens an event stream. */
export function sseDoor({ address, resources, open }: SseOptions): OpenDoor {
  return (cursor, hearing) => {
    const since = cursor ?? undefined;
    return new SseDoor(open(address + query({ since, resources })), hearing);
  };
}

class SseDoor implements Door {
  readonly kind = "sse";
  private isOver = false;

  constructor(
    private readonly source: EventSourceLike,
    private readonly hearing: Hearing,
  ) {
    source.onopen = () => this.isOver || hearing.alive();
    source.onerror = () => this.lose();
    for (const name of EVENTS) {
      this.listen(name, (said) => {
        const { data, meta } = said as { data: unknown; meta: unknown };
        hearing.told([told(name, data, meta)]);
      });
    }
    for (const name of SIGNALS) this.listen(name, (said) => hearSignal(name, said, hearing, () => this.close()));
  }

  close(): void {
    this.isOver = true;
    this.source.close();
  }

  private listen(name: string, hear: (said: unknown) => void): void {
    this.source.addEventListener(name, ({ data }) => {
      if (this.isOver) return;
      this.hearing.alive();
      hear(JSON.parse(data));
    });
  }

  private lose(): void {
    if (this.isOver) return;
    this.close();
    this.hearing.lost();
  }
}
