// A binding as the keys one presses: "mod+k" as ⌘K or Ctrl K, "g c" as G then C.
import { Kbd } from "@mantine/core";
import { Fragment } from "react";
import classes from "./Keys.module.css";

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

const SIGNS: Readonly<Record<string, string>> = {
  mod: isApple ? "⌘" : "Ctrl",
  shift: "Shift",
  alt: isApple ? "⌥" : "Alt",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** One binding as the keys one presses. */
export function Keys({ of }: { of: string }) {
  return of.split(" ").map((stroke, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same key may come twice
    <Fragment key={at}>
      {at > 0 && " then "}
      {stroke.split("+").map((part) => (
        <Kbd key={part} size="sm" className={classes.key ?? ""}>
          {SIGNS[part] ?? part.toUpperCase()}
        </Kbd>
      ))}
    </Fragment>
  ));
}
