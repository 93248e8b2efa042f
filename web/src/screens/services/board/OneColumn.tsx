// The board on a phone: one column, and a switch above that says where the others stand (U3).
import { ScrollArea, SegmentedControl } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { statusWord } from "@/widgets/words";
import type { Column } from "../grouping";
import type { Status } from "../stages";
import styles from "./OneColumn.module.css";

/** One of the columns, chosen by its name. */
export function OneColumn({ columns, show }: { columns: readonly Column[]; show: (column: Column) => ReactNode }) {
  const [wanted, setWanted] = useState<Status | null>(null);
  const shown = columns.find(({ status }) => status === wanted) ?? columns[0];
  if (shown === undefined) return null;
  return (
    <div className={styles.one}>
      <ScrollArea type="never" className={styles.switch}>
        <SegmentedControl
          size="xs"
          aria-label="Status"
          value={shown.status}
          onChange={(status) => setWanted(status as Status)}
          data={columns.map(({ status, services }) => ({
            value: status,
            label: `${statusWord("services", status)} ${services.length}`,
          }))}
        />
      </ScrollArea>
      {show(shown)}
    </div>
  );
}
