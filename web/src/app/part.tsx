// A part of the board that is fetched when it is first wanted (U6). Where it cannot be fetched a word stands in its place:
// the rest of the page stays, and it is tried again by itself when the network is back.
import { type ComponentType, createElement, type LazyExoticComponent, lazy, type ReactNode, Suspense } from "react";
import { Lost } from "./Lost";
import { isLostChunk, LostCatch } from "./LostCatch";

/** Fetches the module that holds the component. */
export type Load<P> = () => Promise<{ default: ComponentType<P> }>;

export interface PartOptions {
  /** What stands there while it is fetched. */
  waiting?: ReactNode;
  /** It has a place in the page, and so has the word in its stead; what lies over the page has none. */
  inPlace?: boolean;
}

/** The component behind `load`. */
export function part<P extends object>(
  load: Load<P>,
  { waiting = null, inPlace = false }: PartOptions = {},
): ComponentType<P> {
  // What failed to come once would never come: it is made anew for another try.
  let wanted: LazyExoticComponent<ComponentType<P>> = lazy(load);
  const renew = () => {
    wanted = lazy(load);
  };
  return (props: P) => (
    <LostCatch catches={isLostChunk} onAgain={renew} lost={(again) => <Lost inPlace={inPlace} onAgain={again} />}>
      {() => <Suspense fallback={waiting}>{createElement(wanted as ComponentType<P>, props)}</Suspense>}
    </LostCatch>
  );
}
