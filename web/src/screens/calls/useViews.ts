// A person's views: the built-in ones, then his own, kept in this browser for this person and tenant alone (S2).
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import { useClient } from "@/realtime/react";
import { BUILT_IN, readViews, type View, withView } from "./views";

const NONE: readonly View[] = [];

/** All views, and how to save and remove one's own. */
export function useViews() {
  const { me } = useClient();
  const [own, setOwn] = useLocalStorage<readonly View[]>({
    key: `callboard.views.${me.tenant.id}.${me.user.id}`,
    defaultValue: NONE,
    getInitialValueInEffect: false,
    serialize: (views) => JSON.stringify(views),
    deserialize: readViews,
  });
  return useMemo(
    () => ({
      views: [...BUILT_IN, ...own],
      save: (name: string, query: string) => setOwn((now) => withView(now, name, query)),
      remove: (view: View) => setOwn((now) => now.filter((one) => one.id !== view.id)),
    }),
    [own, setOwn],
  );
}
