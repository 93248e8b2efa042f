// The way of one repair for its customer: where it stands now in large words, then the dated steps behind it.
import { dayInFull, dayOfStep } from "./days";
import type { Tracked } from "./following";
import styles from "./Journey.module.css";

/** One repair as its customer sees it. */
export function Journey({ tracked }: { tracked: Tracked }) {
  // The newest dated step may be where it stands now; what the work passes through in between has no date.
  const isDated = tracked.steps.at(-1)?.what === tracked.status;
  return (
    <>
      <p className={styles.device}>
        <span dir="auto">{tracked.device_type}</span> <span className={styles.number}>{tracked.number}</span>
      </p>
      <h1 className={styles.status} aria-live="polite">
        {tracked.status}
      </h1>
      {tracked.promised_on !== null && !isDone(tracked) && (
        <p className={styles.promised}>
          Promised for <time dateTime={tracked.promised_on}>{dayInFull(tracked.promised_on)}</time>
        </p>
      )}
      <ol className={styles.steps} aria-label="Steps so far, newest first">
        {!isDated && <li className={styles.now}>Now</li>}
        {[...tracked.steps].reverse().map((step, place) => (
          <li key={step.at + step.what} className={isDated && place === 0 ? styles.now : undefined}>
            {step.what} <time dateTime={step.at}>{dayOfStep(step.at)}</time>
          </li>
        ))}
      </ol>
    </>
  );
}

// Where a step other than the first is the newest word, the work is over: a promise is of no use any more.
function isDone(tracked: Tracked): boolean {
  return tracked.steps.length > 1;
}
