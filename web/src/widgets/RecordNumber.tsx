// The number that people use for a record (WEB V6): C-1042, S-0317.
import clsx from "clsx";
import type { Plural } from "@/realtime/react";
import classes from "./RecordNumber.module.css";

const LETTERS: Record<Plural, string> = {
  calls: "C",
  services: "S",
  customers: "K",
  users: "U",
  categories: "CC",
  service_categories: "SC",
  notes: "N",
};

/** A record as far as its number goes. */
export interface Numbered {
  number?: number | null | undefined;
}

/** The number in full: "C-1042"; "new" while the server has not given one. */
export function numberOf(plural: Plural, record: Numbered | null | undefined): string {
  const number = record?.number;
  return number ? `${LETTERS[plural]}-${String(number).padStart(4, "0")}` : "new";
}

/** The number of a record. */
export function RecordNumber({
  plural,
  record,
  className,
}: {
  plural: Plural;
  record: Numbered | null | undefined;
  className?: string | undefined;
}) {
  return <span className={clsx(classes.number, className)}>{numberOf(plural, record)}</span>;
}
