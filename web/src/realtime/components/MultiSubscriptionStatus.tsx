// Several things that are listened to, and which of them are live (WEB L7).
import { IconCheck, IconX } from "@tabler/icons-react";
import clsx from "clsx";
import classes from "./MultiSubscriptionStatus.module.css";

export interface Subscription {
  name: string;
  isConnected: boolean;
}

/** A list of subscriptions, each with its state as icon and word, under a line that sums them up. */
export function MultiSubscriptionStatus({
  subscriptions,
  className,
}: {
  subscriptions: readonly Subscription[];
  className?: string | undefined;
}) {
  const live = subscriptions.filter(({ isConnected }) => isConnected).length;
  const sum = live === subscriptions.length ? `All ${live} live` : `${live} of ${subscriptions.length} live`;
  return (
    <div className={clsx(classes.box, className)}>
      <p className={classes.sum} role="status">
        {subscriptions.length === 0 ? "Nothing is listened to" : sum}
      </p>
      <ul className={classes.list}>
        {subscriptions.map(({ name, isConnected }) => (
          <li key={name} className={classes.item} data-live={isConnected || undefined}>
            {isConnected ? <IconCheck size={14} aria-hidden="true" /> : <IconX size={14} aria-hidden="true" />}
            <span>{name}</span>
            <span className={classes.state}>{isConnected ? "live" : "not live"}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
