// Customers as a table of which only what is seen is drawn, so that 10,000 scroll like ten (U4). A row's name opens it.
import { Badge } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, memo, useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";
import { useGlow } from "@/realtime/react";
import type { Customer } from "@/realtime/schema";
import { Age } from "@/widgets/Age";
import { countedKinds } from "../lists/counted";
import table from "../lists/RecordTable.module.css";
import { nextRow } from "../lists/useArrowRows";
import classes from "./CustomersTable.module.css";
import type { Standing } from "./history";

const COLUMNS = {
  "--columns": "minmax(220px, 2.2fr) minmax(130px, 1fr) minmax(120px, 1.2fr) minmax(150px, 1.2fr) 100px",
  "--columns-middle": "minmax(180px, 2fr) minmax(120px, 1fr) minmax(130px, 1.2fr)",
  "--columns-narrow": "minmax(0, 1fr) auto",
} as CSSProperties;

const ROW = 40;

interface CustomersTableProps {
  customers: readonly Customer[];
  standing: ReadonlyMap<string, Standing>;
  openNumber: string | null;
  /** What was asked for: words and order. */
  question: string;
}

/** Head and the rows in sight. */
export function CustomersTable({ customers, standing, openNumber, question }: CustomersTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const { search } = useLocation();
  const rows = useVirtualizer({
    count: customers.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (index) => customers[index]?.id ?? index,
    overscan: 8,
  });
  // Other words or another order make another list, which begins at its top; a live change of the same list does not (V4).
  // biome-ignore lint/correctness/useExhaustiveDependencies: exactly when the question is another one
  useEffect(() => {
    if (box.current) box.current.scrollTop = 0;
  }, [question]);
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const now = Number((event.target as HTMLElement).closest("[data-index]")?.getAttribute("data-index") ?? -1);
    const next = nextRow(event.key, now, customers.length);
    if (now < 0 || next === null) return;
    event.preventDefault();
    if (focusRow(box.current, next)) return;
    rows.scrollToIndex(next);
    requestAnimationFrame(() => focusRow(box.current, next));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows walk through the links within
    <div ref={box} className={table.scroll} onKeyDown={walk}>
      <table aria-label="Customers" aria-rowcount={customers.length + 1} className={table.table} style={COLUMNS}>
        <Head />
        <tbody className={classes.rows} style={{ blockSize: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, key, start }) => {
            const customer = customers[index];
            if (customer === undefined) return null;
            const open = openNumber !== null && [String(customer.number), customer.id].includes(openNumber);
            return (
              <tr
                key={key}
                ref={rows.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
                className={`${table.row} ${classes.row}`}
                data-open={open || undefined}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Cells customer={customer} standing={standing.get(customer.id)} search={search} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Gives a row's link the focus; false where the row is not drawn. */
function focusRow(box: HTMLElement | null, index: number): boolean {
  const link = box?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row-link]`);
  link?.focus();
  return link != null;
}

function Head() {
  return (
    <thead>
      <tr className={table.head} aria-rowindex={1}>
        <th scope="col">Name</th>
        <th scope="col" className={table.middleOnly}>
          Phone
        </th>
        <th scope="col" className={table.wideOnly}>
          Tags
        </th>
        <th scope="col">Work</th>
        <th scope="col" className={table.wideOnly}>
          Last here
        </th>
      </tr>
    </thead>
  );
}

interface CellsProps {
  customer: Customer;
  standing: Standing | undefined;
  /** The query that the link keeps. */
  search: string;
}

const Cells = memo(function Cells({ customer, standing, search }: CellsProps) {
  const { name, number, id, phone, email, address, tags } = customer;
  const glow = useGlow("customers", id);
  return (
    <>
      <td className={table.main} data-glow={glow !== null || undefined}>
        <Link
          className={`${table.link} ${table.name} ${classes.name}`}
          to={{ pathname: `/customers/${number || id}`, search }}
          data-row-link
        >
          <bdi>{name}</bdi>
        </Link>
        <div className={table.under}>
          <span className={table.narrowOnly}>{[phone, email].filter(Boolean).join(" · ")}</span>
          <span className={table.middleOnly}>
            <bdi>{[email, address].filter(Boolean).join(" · ")}</bdi>
          </span>
        </div>
      </td>
      <td className={`${table.cell} ${table.middleOnly}`}>{phone ?? <span className={table.quiet}>–</span>}</td>
      <td className={`${table.cell} ${table.wideOnly}`}>
        <Tags tags={tags} />
      </td>
      <td className={table.cell}>
        <Work standing={standing} />
      </td>
      <td className={`${table.cell} ${table.wideOnly} ${table.quiet}`}>
        {standing?.last ? <Age at={standing.last} ago /> : "–"}
      </td>
    </>
  );
});

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <div className={classes.tags}>
      {tags.slice(0, 3).map((tag) => (
        <Badge key={tag} variant="default" size="sm" tt="none" fw={500}>
          {tag}
        </Badge>
      ))}
      {tags.length > 3 && <span className={table.quiet}>+{tags.length - 3}</span>}
    </div>
  );
}

function Work({ standing }: { standing: Standing | undefined }) {
  if (standing === undefined) return <span className={table.quiet}>None yet</span>;
  const all = countedKinds([
    ["calls", standing.calls],
    ["services", standing.services],
  ]);
  return (
    <>
      {standing.open > 0 && <span className={classes.open}>{standing.open} open</span>}
      <span className={`${table.quiet} ${standing.open > 0 ? table.middleOnly : ""}`}>{all}</span>
    </>
  );
}
