// A category: its colour as a small square beside its sign and name, so that any colour a person chose stays readable.
import { Skeleton } from "@mantine/core";
import clsx from "clsx";
import { useLoaded, useRecord } from "@/realtime/react";
import classes from "./CategoryChip.module.css";
import { CategorySign } from "./CategorySign";

export interface CategoryChipProps {
  plural: "categories" | "service_categories";
  id: string | null | undefined;
  /** What stands where there is no category; nothing by default. */
  none?: string;
  className?: string | undefined;
}

/** The category with this id; nothing where there is none. */
export function CategoryChip({ plural, id, none, className }: CategoryChipProps) {
  const category = useRecord(plural, id);
  const loaded = useLoaded();
  if (id && !category && !loaded) return <Skeleton width={64} height={16} />;
  if (!category) return none ? <span className={classes.none}>{none}</span> : null;
  return (
    <span className={clsx(classes.chip, className)} title={category.archived ? "No longer offered" : undefined}>
      <ColourMark colour={category.colour} />
      {category.icon && <CategorySign name={category.icon} />}
      <span className={classes.name} dir="auto" data-archived={category.archived || undefined}>
        {category.name}
      </span>
    </span>
  );
}

/** The colour of a category. */
export function ColourMark({ colour }: { colour: string }) {
  return <span className={classes.colour} style={{ backgroundColor: colour }} aria-hidden="true" />;
}
