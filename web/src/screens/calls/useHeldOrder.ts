// The rule of heldOrder.ts at work in a component: what is shown follows what is, unless somebody is in the list (V4).
import { useCallback, useState } from "react";
import { type Holding, heldOrder, type Item, type Shown } from "./heldOrder";

interface State<T extends Item> extends Holding {
  target: readonly T[];
  key: string;
  shown: Shown<T>;
}

/** What to show of `target`. A new `key` (another filter, another order) shows everything at once. */
export function useHeldOrder<T extends Item>(
  target: readonly T[],
  { held, scrolled, mine }: Holding,
  key: string,
): Shown<T> & { release: () => void } {
  const first = () => ({ target, held, scrolled, mine, key, shown: heldOrder(null, target, { held, scrolled, mine }) });
  const [state, setState] = useState<State<T>>(first);
  let shown = state.shown;
  const moved = state.target !== target || state.held !== held || state.scrolled !== scrolled;
  if (moved || state.key !== key) {
    shown = heldOrder(state.key === key ? state.shown : null, target, { held, scrolled, mine });
    setState({ target, held, scrolled, mine, key, shown });
  }
  const release = useCallback(() => setState((now) => ({ ...now, shown: heldOrder(null, now.target, now) })), []);
  return { ...shown, release };
}
