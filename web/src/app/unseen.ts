// How much that concerns me has come in while the board was out of sight (U1): counted by the notices, shown in the title
// and on the icon of the tab, and zero as soon as one looks.
import { createContext, useContext, useEffect, useState } from "react";
import { createStore, type StoreApi, useStore } from "zustand";

export type UnseenStore = StoreApi<number>;

/** The shell provides it. */
export const UnseenContext = createContext<UnseenStore | null>(null);

/** Counts, and begins anew whenever the page comes into sight. */
export function useUnseenStore(): UnseenStore {
  const [store] = useState(() => createStore<number>(() => 0));
  useEffect(() => {
    const looked = () => {
      if (!document.hidden) store.setState(0, true);
    };
    document.addEventListener("visibilitychange", looked);
    return () => document.removeEventListener("visibilitychange", looked);
  }, [store]);
  return store;
}

/** The counter itself, for who counts. */
export function useUnseenCount(): UnseenStore {
  const around = useContext(UnseenContext);
  const [none] = useState(() => createStore<number>(() => 0));
  return around ?? none;
}

/** The count. */
export const useUnseen = (): number => useStore(useUnseenCount());
