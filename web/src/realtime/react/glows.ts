// Which records were changed by somebody else a moment ago (WEB V4). Changes that come together are told together, and
// the light goes out by itself.
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Client, Meta } from "@/realtime";

/** How long a changed record glows, in milliseconds. */
export const GLOW_MS = 1200;

/** The records that glow, by `<plural>/<id>`, and the change that lit each. */
export interface Glows {
  store: StoreApi<ReadonlyMap<string, Meta>>;
  follow(client: Pick<Client, "on">): () => void;
}

/** The name under which a record glows. */
export const glowKey = (plural: string, id: string) => `${plural}/${id}`;

/** A set of glows for the person `me`, whose own changes do not glow. */
export function makeGlows(me: string): Glows {
  const store = createStore<ReadonlyMap<string, Meta>>(() => new Map());

  const follow = (client: Pick<Client, "on">) => {
    let fresh: Meta[] = [];
    const timers = new Set<ReturnType<typeof setTimeout>>();

    const fade = (gone: readonly Meta[]) => {
      const left = new Map(store.getState());
      for (const meta of gone) {
        const key = glowKey(meta.resource, meta.id);
        if (left.get(key) === meta) left.delete(key);
      }
      store.setState(left, true);
    };
    const light = () => {
      const lit = fresh;
      fresh = [];
      if (lit.length === 0) return;
      const all = new Map(store.getState());
      for (const meta of lit) all.set(glowKey(meta.resource, meta.id), meta);
      store.setState(all, true);
      const timer = setTimeout(() => {
        timers.delete(timer);
        fade(lit);
      }, GLOW_MS);
      timers.add(timer);
    };
    const off = client.on("*", (_record: unknown, meta: Meta) => {
      if (meta.actor.id === me) return;
      if (fresh.push(meta) === 1) queueMicrotask(light);
    });
    return () => {
      off();
      fresh = [];
      for (const timer of timers) clearTimeout(timer);
      store.setState(new Map(), true);
    };
  };

  return { store, follow };
}
