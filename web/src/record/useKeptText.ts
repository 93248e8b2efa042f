// A text being written, kept for this tab until it is sent or emptied. Whoever signs in next in this tab does not see it.
import { type SetStateAction, useCallback, useEffect, useState } from "react";
import { useMe } from "@/realtime/react";

const read = (key: string): string => {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
};

const write = (key: string, text: string): void => {
  try {
    if (text === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // The box itself still holds every word.
  }
};

/** The text kept under this name, for me. Another name is another text. */
export function useKeptText(name: string): [string, (text: SetStateAction<string>) => void] {
  const key = `callboard.${useMe().id}.${name}`;
  const [held, setHeld] = useState(() => ({ key, text: read(key) }));
  const current = held.key === key ? held : { key, text: read(key) };
  if (current !== held) setHeld(current);
  useEffect(() => write(held.key, held.text), [held]);
  const setText = useCallback(
    (next: SetStateAction<string>) =>
      setHeld((now) => ({ ...now, text: typeof next === "function" ? next(now.text) : next })),
    [],
  );
  return [current.text, setText];
}
