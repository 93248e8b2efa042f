// The shape of what is about to be there (WEB V4): no spinner, no jump when it comes.
import { Skeleton } from "@mantine/core";
import classes from "./Skeletons.module.css";

const WIDTHS = ["62%", "48%", "71%", "55%", "66%"];

/** Rows of a list. */
export function ListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className={classes.list} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have nothing but their place
        <div className={classes.row} key={row}>
          <Skeleton height={12} width={56} />
          <Skeleton height={12} width={WIDTHS[row % WIDTHS.length] ?? "60%"} />
          <Skeleton height={12} width={72} />
        </div>
      ))}
    </div>
  );
}

/** A card of the board. */
export function CardSkeleton() {
  return (
    <div className={classes.card} aria-hidden="true">
      <Skeleton height={10} width={88} />
      <Skeleton height={13} width="82%" />
      <Skeleton height={11} width="48%" />
    </div>
  );
}
