// One part of the settings: what it is about on the left, its controls on the right; one above the other on a phone.
import { type ReactNode, useId } from "react";
import classes from "./Section.module.css";

interface SectionProps {
  title: string;
  text?: string;
  children: ReactNode;
}

/** A titled part. */
export function Section({ title, text, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <header className={classes.head}>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </header>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
