// What stands where there is nothing yet (WEB U5): why it is empty, and what to do.
import { type ComponentType, isValidElement, type ReactElement, type ReactNode } from "react";
import classes from "./EmptyState.module.css";

export interface EmptyStateProps {
  /** An icon, or the component of one. */
  icon: ReactElement | ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  text?: ReactNode;
  action?: ReactNode;
}

const SIZE = { size: 20, stroke: 1.75 };

/** An empty place that says what to do. */
export function EmptyState({ icon: Icon, title, text, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon} aria-hidden="true">
        {isValidElement(Icon) ? Icon : <Icon {...SIZE} />}
      </span>
      <p className={classes.title}>{title}</p>
      {text ? <p className={classes.text}>{text}</p> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}
