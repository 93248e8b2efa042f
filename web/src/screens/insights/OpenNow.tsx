// What is open at this moment, by status, category and engineer: counted in memory, so that it moves as calls do.
import { Skeleton } from "@mantine/core";
import { useMemo } from "react";
import { useRecords } from "@/realtime/react";
import type { Call, Category, User } from "@/realtime/schema";
import { CategoryChip } from "@/widgets/CategoryChip";
import { Counter } from "@/widgets/Counter";
import { Person } from "@/widgets/Person";
import { StatusBadge } from "@/widgets/StatusBadge";
import { Bars } from "./Bars";
import { boardAddress } from "./boardAddress";
import classes from "./Insights.module.css";
import { countBy, mostFirst, rowsOf } from "./shape";

const OPEN = ["new", "assigned", "in_progress", "on_hold"] as const;
const isOpen = (call: Call): boolean => (OPEN as readonly string[]).includes(call.status);
const works = (user: User): boolean => user.active && user.role === "engineer";
const inOrder = (a: Category, b: Category): number => a.sort_order - b.sort_order || a.number - b.number;

/** The three counts side by side. */
export function OpenNow({ loaded }: { loaded: boolean }) {
  const open = useRecords("calls", isOpen);
  if (!loaded) return <Skeleton height={220} radius="lg" />;
  return (
    <section aria-labelledby="open-now">
      <h2 id="open-now" className={classes.heading} style={{ marginBlockEnd: 8 }}>
        Open now <Counter value={open.length} className={classes.count} />
      </h2>
      <div className={classes.open}>
        <ByStatus open={open} />
        <ByCategory open={open} />
        <ByEngineer open={open} />
      </div>
    </section>
  );
}

function ByStatus({ open }: { open: readonly Call[] }) {
  const rows = useMemo(
    () =>
      rowsOf(
        countBy(open, (call) => call.status),
        OPEN,
      ),
    [open],
  );
  return (
    <Bars
      title="By status"
      what="Status"
      rows={rows}
      name={(status) => <StatusBadge plural="calls" status={status} />}
      address={(status) => boardAddress("status", status)}
    />
  );
}

function ByCategory({ open }: { open: readonly Call[] }) {
  const categories = useRecords("categories", undefined, inOrder);
  const rows = useMemo(() => {
    const order = categories.filter((one) => !one.archived).map((one) => one.id);
    return mostFirst(
      rowsOf(
        countBy(open, (call) => call.category_id),
        order,
      ),
    );
  }, [open, categories]);
  return (
    <Bars
      title="By category"
      what="Category"
      rows={rows}
      name={(id) =>
        id === "" ? (
          <span className={classes.without}>Without category</span>
        ) : (
          <CategoryChip plural="categories" id={id} none="A deleted category" />
        )
      }
      address={(id) => boardAddress("category", id)}
    />
  );
}

function ByEngineer({ open }: { open: readonly Call[] }) {
  const engineers = useRecords("users", works);
  const rows = useMemo(() => {
    const order = engineers.map((user) => user.id);
    return mostFirst(
      rowsOf(
        countBy(open, (call) => call.assignee_id),
        order,
      ),
    );
  }, [open, engineers]);
  return (
    <Bars
      title="By engineer"
      what="Engineer"
      rows={rows}
      name={(id) => <Person id={id || null} nobody="Not assigned" />}
      address={(id) => boardAddress("assignee", id)}
    />
  );
}
