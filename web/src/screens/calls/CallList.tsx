// The calls as a list (S2): one line each, sorted by a click on a heading, only the lines in sight in the page (U4). It
// follows the same rules as a column: nothing moves while somebody is in it (V4).
import { VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import clsx from "clsx";
import { useRef } from "react";
import type { Call } from "@/realtime/schema";
import { ListSkeleton } from "@/widgets/Skeletons";
import type { ColumnLook } from "./BoardColumn";
import classes from "./CallList.module.css";
import { CallRow } from "./CallRow";
import { type Sort, type SortKey, turned } from "./sorting";
import { useCardWindow } from "./useCardWindow";
import { useHeldOrder } from "./useHeldOrder";
import { useReportShown } from "./useShownGrid";
import { useSomebodyIn } from "./useSomebodyIn";

export interface CallListProps {
  calls: readonly Call[];
  look: ColumnLook;
  sort: Sort;
  onSort(sort: Sort): void;
}

/** The list's name among the lists whose order the keyboard follows. */
export const LIST = "list";

const ROW = 36;
/** On a phone: the title above, the rest below. */
const TALL_ROW = 52;
const IS_PHONE = "(max-width: 30em)";
const NO_LOOKERS: readonly never[] = [];
const SKELETONS = 16;

/** The headings, in the order of a row. */
const HEADINGS: readonly { key: SortKey; word: string }[] = [
  { key: "number", word: "Number" },
  { key: "title", word: "Title" },
  { key: "customer", word: "Customer" },
  { key: "category", word: "Category" },
  { key: "priority", word: "Priority" },
  { key: "status", word: "Status" },
  { key: "assignee", word: "Assignee" },
  { key: "due_at", word: "Due" },
  { key: "created_at", word: "Age" },
];

/** The list. */
export function CallList({ calls, look, sort, onSort }: CallListProps) {
  if (!look.loaded) return <ListSkeleton rows={SKELETONS} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows cannot be placed by hand
    <div className={classes.list} role="table" aria-label="Calls" aria-rowcount={calls.length + 1}>
      <Headings sort={sort} onSort={onSort} />
      <Rows calls={calls} look={look} />
    </div>
  );
}

function Headings({ sort, onSort }: Pick<CallListProps, "sort" | "onSort">) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: the buttons within take the focus
    <div className={clsx(classes.row, classes.headings)} role="row" aria-rowindex={1}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="columnheader">
        <VisuallyHidden>Select</VisuallyHidden>
      </span>
      {HEADINGS.map(({ key, word }) => (
        <Heading key={key} word={word} name={key} sort={sort} onSort={onSort} />
      ))}
    </div>
  );
}

interface HeadingProps {
  word: string;
  name: SortKey;
  sort: Sort;
  onSort(sort: Sort): void;
}

function Heading({ word, name, sort, onSort }: HeadingProps) {
  const sorted = sort.key === name;
  // An age grows as the moment of creation lies further back: the arrow follows the moment, as the server's `sort` does.
  const Arrow = sort.down ? IconArrowDown : IconArrowUp;
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <span
      role="columnheader"
      aria-sort={sorted ? (sort.down ? "descending" : "ascending") : "none"}
      className={classes.heading}
      data-column={name}
    >
      <button type="button" className={classes.sorter} onClick={() => onSort(turned(sort, name))}>
        {word}
        {sorted && <Arrow size={14} stroke={1.75} aria-hidden />}
      </button>
    </span>
  );
}

function Rows({ calls, look }: { calls: readonly Call[]; look: ColumnLook }) {
  const { viewKey, mine, current, goal } = look;
  const scroller = useRef<HTMLDivElement>(null);
  const { held, scrolled, handlers } = useSomebodyIn();
  const { places, waiting, release } = useHeldOrder(calls, { held, scrolled, mine }, viewKey);
  const isPhone = useMediaQuery(IS_PHONE, undefined, { getInitialValueInEffect: false }) ?? false;
  const rows = useCardWindow({ places, scroller, cardHeight: isPhone ? TALL_ROW : ROW, current, goal });
  useReportShown(LIST, places);
  const showNew = () => {
    release();
    scroller.current?.scrollTo({ top: 0 });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div className={classes.body} role="rowgroup">
      {waiting > 0 && (
        <button type="button" className={classes.waiting} onClick={showNew}>
          <IconArrowUp size={14} stroke={1.75} aria-hidden />
          {waiting} new
        </button>
      )}
      <div ref={scroller} className={classes.scroller} role="presentation" {...handlers}>
        <div className={classes.sheet} role="presentation" style={{ height: rows.height }}>
          {rows.items.map(({ index, start }) => {
            const place = places[index];
            if (place === undefined) return null;
            const { id } = place.item;
            return (
              <CallRow
                key={id}
                call={place.item}
                ghost={place.ghost}
                index={index}
                top={start}
                ticked={look.ticked.has(id)}
                current={current === id}
                goal={goal?.id === id ? goal : null}
                opened={look.opened === id}
                lookers={look.lookers.get(id) ?? NO_LOOKERS}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
