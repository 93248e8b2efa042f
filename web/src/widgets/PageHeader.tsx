// The head of a screen: its name, how many, and what can be done; filters below.
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Counter } from "./Counter";
import classes from "./PageHeader.module.css";

export interface PageHeaderProps {
  title: string;
  count?: number | undefined;
  actions?: ReactNode;
  /** A second row: filters, tabs. */
  children?: ReactNode;
}

/** The head of a screen. */
export function PageHeader({ title, count, actions, children }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.row}>
        <Title order={1} className={classes.title}>
          {title}
        </Title>
        {count === undefined ? null : <Counter value={count} className={classes.count} />}
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
      {children ? <div className={classes.below}>{children}</div> : null}
    </header>
  );
}
