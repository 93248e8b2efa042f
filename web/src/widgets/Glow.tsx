// Lights its content once when somebody else has changed the record (WEB V4).
import clsx from "clsx";
import type { CSSProperties, ReactNode } from "react";
import { type Plural, useGlow } from "@/realtime/react";
import classes from "./Glow.module.css";

export interface GlowProps {
  plural: Plural;
  id: string;
  children: ReactNode;
  className?: string | undefined;
  style?: CSSProperties;
}

/** A box that glows once, for 1.2 s, at another person's change. */
export function Glow({ plural, id, children, className, style }: GlowProps) {
  const change = useGlow(plural, id);
  return (
    <div className={clsx(classes.box, className)} style={style} data-glow={change ? "" : undefined}>
      {children}
      {change ? <span key={change.cursor} className={classes.light} aria-hidden="true" /> : null}
    </div>
  );
}
