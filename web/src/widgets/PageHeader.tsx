// The head of a screen, the same on each: its name and how many, then on the right the search, what shapes the list, and
// last the one filled button; filters and views in a row below. Controls in it are 30 px high (`size="xs"`), on a phone
// as large as a thumb. It ends where an open drawer begins.
// The name takes the focus when one comes to the screen (U3).
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Counter } from "./Counter";
import classes from "./PageHeader.module.css";

export interface PageHeaderProps {
  title: string;
  count?: number | undefined;
  /** The words to look for, and the order; on a phone in a row of its own. */
  search?: ReactNode;
  actions?: ReactNode;
  /** A second row: filters, tabs. */
  children?: ReactNode;
}

/** The head of a screen. */
export function PageHeader({ title, count, search, actions, children }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.row}>
        <Title order={1} tabIndex={-1} className={classes.title}>
          {title}
        </Title>
        {count === undefined ? null : <Counter value={count} className={classes.count} />}
        <div className={classes.tools}>
          {search ? <search className={classes.search}>{search}</search> : null}
          {actions ? <div className={classes.actions}>{actions}</div> : null}
        </div>
      </div>
      {children ? <div className={classes.below}>{children}</div> : null}
    </header>
  );
}
