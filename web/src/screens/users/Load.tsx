// What somebody has on his hands, as a small bar beside the heaviest load of the team, and in words.
import { countedKind } from "../lists/counted";
import classes from "./Load.module.css";
import { loadOf, type OpenWork } from "./openWork";

/** `5 calls, 2 repairs`; `Nothing open`. */
export function loadInWords({ calls, services }: OpenWork): string {
  const parts = [
    calls.length && countedKind("calls", calls.length),
    services.length && countedKind("services", services.length),
  ];
  return parts.filter(Boolean).join(", ") || "Nothing open";
}

/** Bar and words. */
export function Load({ work, most }: { work: OpenWork; most: number }) {
  const load = loadOf(work);
  return (
    <span className={classes.load}>
      <span className={classes.track} aria-hidden>
        <span className={classes.bar} style={{ inlineSize: `${most === 0 ? 0 : (load / most) * 100}%` }} />
      </span>
      <span className={load === 0 ? classes.none : undefined}>{loadInWords(work)}</span>
    </span>
  );
}
