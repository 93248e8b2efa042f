// The headings of the list: each is a button that orders the rows by it, and a second time the other way round.
import { UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { Sorting, SortKey } from "../filters";
import styles from "./ServiceList.module.css";

const HEADS: readonly { key: SortKey; word: string }[] = [
  { key: "number", word: "No." },
  { key: "device", word: "Device" },
  { key: "customer", word: "Customer" },
  { key: "status", word: "Status" },
  { key: "technician", word: "Technician" },
  { key: "promised", word: "Promised" },
  { key: "received", word: "Received" },
];

/** The head of the table. */
export function ListHead({ sorting, onSort }: { sorting: Sorting; onSort: (sorting: Sorting) => void }) {
  return (
    <thead className={styles.head}>
      <tr>
        {HEADS.map(({ key, word }) => (
          <Heading key={key} word={word} of={key} sorting={sorting} onSort={onSort} />
        ))}
      </tr>
    </thead>
  );
}

interface HeadingProps {
  word: string;
  of: SortKey;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

function Heading({ word, of, sorting, onSort }: HeadingProps) {
  const isSorted = sorting.key === of;
  const Arrow = sorting.down ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" className={styles[of]} aria-sort={isSorted ? (sorting.down ? "descending" : "ascending") : "none"}>
      <UnstyledButton className={styles.heading} onClick={() => onSort({ key: of, down: isSorted && !sorting.down })}>
        {word}
        {isSorted && <Arrow size={14} stroke={2} aria-hidden />}
      </UnstyledButton>
    </th>
  );
}
