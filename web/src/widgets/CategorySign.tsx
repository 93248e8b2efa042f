// The sign of a category: the shape beside its colour (U3). Fetched right after the board, so that thirty little pictures
// are no part of its first load (U6); their place is kept until then.
import { lazy, Suspense } from "react";
import { whenIdle } from "@/app/whileIdle";
import classes from "./CategoryChip.module.css";

const Drawn = lazy(() =>
  atLeisure()
    .then(() => import("./DrawnSign"))
    .catch(() => ({ default: () => null })),
);

const atLeisure = () => new Promise<void>(whenIdle);

/** The sign of this name; only its place where the board knows none of it. */
export function CategorySign({ name }: { name: string }) {
  return (
    <span className={classes.sign} aria-hidden="true">
      <Suspense fallback={null}>
        <Drawn name={name} />
      </Suspense>
    </span>
  );
}
