// Keys of the board (U2). A screen says `useShortcut("c", open, "New call")` and the key works while it is shown; the
// list behind `?` is made of what is registered at that moment. The one who came last has the key.
import { createContext, useContext, useEffect, useRef, useState } from "react";
import { createStore, type StoreApi, useStore } from "zustand";

export interface Shortcut {
  /** "c", "?", "ArrowDown", "mod+k" (⌘ or Ctrl), or one after the other: "g c". */
  key: string;
  description: string;
}

interface Bound extends Shortcut {
  run: (event: KeyboardEvent) => void;
  whileTyping: boolean;
}

/** What is bound now, oldest first. */
export type ShortcutStore = StoreApi<readonly Bound[]>;

export interface ShortcutOptions {
  enabled?: boolean;
  /** Also while a text field has the focus. Keys with `mod` always work there. */
  whileTyping?: boolean;
}

const SEQUENCE_MS = 1_200;
const FIELDS =
  "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]";
const DIALOG = '[role="dialog"][aria-modal="true"]';

/** A place for bindings of its own. */
export const makeShortcutStore = (): ShortcutStore => createStore<readonly Bound[]>(() => []);

/** The bindings of the page around; the shell provides them. */
export const ShortcutContext = createContext<ShortcutStore | null>(null);

/** Binds a key while the component is shown. An empty description keeps it out of the list of keys. */
export function useShortcut(
  key: string,
  run: (event: KeyboardEvent) => void,
  description: string,
  { enabled = true, whileTyping = false }: ShortcutOptions = {},
): void {
  const around = useContext(ShortcutContext);
  const [own] = useState(makeShortcutStore);
  const store = around ?? own;
  const newest = useRef(run);
  useEffect(() => {
    newest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const bound: Bound = { key, description, whileTyping, run: (event) => newest.current(event) };
    store.setState((all) => [...all, bound], true);
    return () => store.setState((all) => all.filter((each) => each !== bound), true);
  }, [store, key, description, enabled, whileTyping]);
  useEffect(() => (around === null ? listen(own) : undefined), [around, own]);
}

/** What is bound now and has a description, each key once. */
export function useShortcuts(): readonly Shortcut[] {
  const around = useContext(ShortcutContext);
  const [none] = useState(makeShortcutStore);
  const bound = useStore(around ?? none);
  const byKey = new Map(bound.filter((each) => each.description !== "").map((each) => [each.key, each]));
  return [...byKey.values()];
}

/** Lets the keys of the page reach what is bound, until called off. */
export function listen(store: ShortcutStore, target: Document = document): () => void {
  let first: { key: string; at: number } | null = null;
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
    const name = nameOf(event);
    const begun = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null;
    const usable = store.getState().filter((bound) => mayRun(bound, event));
    const found = begun === null ? undefined : usable.findLast((bound) => bound.key === `${begun} ${name}`);
    const hit = found ?? usable.findLast((bound) => bound.key === name);
    first = null;
    if (hit !== undefined) {
      event.preventDefault();
      hit.run(event);
    } else if (usable.some((bound) => bound.key.startsWith(`${name} `))) {
      first = { key: name, at: event.timeStamp };
    }
  };
  target.addEventListener("keydown", pressed);
  return () => target.removeEventListener("keydown", pressed);
}

const isModifier = (key: string) => ["Shift", "Control", "Alt", "Meta"].includes(key);

/** The name under which a key is bound. A sign such as "?" has its Shift or AltGr, where the keyboard needs one, within. */
function nameOf(event: KeyboardEvent): string {
  const isSign = event.key.length === 1 && event.key.toLowerCase() === event.key.toUpperCase();
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (isSign && event.getModifierState("AltGraph")) return key;
  const shift = event.shiftKey && !isSign ? "shift+" : "";
  const mod = event.metaKey || event.ctrlKey ? "mod+" : "";
  return `${mod}${event.altKey ? "alt+" : ""}${shift}${key}`;
}

function mayRun(bound: Bound, event: KeyboardEvent): boolean {
  if (bound.key.startsWith("mod+") || bound.whileTyping) return true;
  const at = event.target;
  if (!(at instanceof Element)) return true;
  // A dialog over the page has the keyboard to itself, also where the focus has just dropped out of it.
  const dialog = at === document.body ? document.querySelector(DIALOG) : at.closest(DIALOG);
  return at.closest(FIELDS) === null && dialog === null;
}
