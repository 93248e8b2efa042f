// Activity (S4): the journal, who did what when, narrowed by person, kind and days. What comes while somebody reads waits
// behind a button; otherwise it appears on top.
import { Alert, Button } from "@mantine/core";
import { IconArrowUp, IconHistory } from "@tabler/icons-react";
import { useCallback, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { fullDay } from "@/widgets/duration";
import { EmptyState } from "@/widgets/EmptyState";
import { PageHeader } from "@/widgets/PageHeader";
import { ListSkeleton } from "@/widgets/Skeletons";
import { useNames } from "@/widgets/useNames";
import classes from "./Activity.module.css";
import { daysOf, localDay } from "./bundles";
import { JournalFilters } from "./JournalFilters";
import { JournalLine } from "./JournalLine";
import { filterOf, isNarrowed, type JournalFilter, withFilter } from "./journalFilter";
import type { Journal } from "./pages";
import { useJournal } from "./useJournal";

const AT_TOP = 8;
const EVERYTHING: JournalFilter = { actor: null, resource: null, from: null, to: null };

/** The screen. */
export default function Activity() {
  const [query, setQuery] = useSearchParams();
  const words = withFilter(new URLSearchParams(), filterOf(query)).toString();
  const filter = useMemo(() => filterOf(new URLSearchParams(words)), [words]);
  const narrow = (next: JournalFilter) => setQuery((now) => withFilter(now, next), { replace: true });
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const isRead = useCallback(() => reads(box.current, list.current), []);
  const shown = useJournal(filter, isRead);
  const { journal, waiting, newer } = shown;
  const rest = () => {
    if (waiting > 0 && !reads(box.current, null)) newer();
  };
  const toTop = () => {
    newer();
    if (box.current) box.current.scrollTop = 0;
  };
  return (
    <div className={classes.screen}>
      <PageHeader title="Activity">
        <JournalFilters filter={filter} onChange={narrow} />
      </PageHeader>
      <div ref={box} className={classes.scroll}>
        <div className={classes.waiting} aria-live="polite">
          {journal !== null && waiting > 0 && (
            <Button
              size="xs"
              radius="xl"
              leftSection={<IconArrowUp size={14} stroke={2} aria-hidden />}
              onClick={toTop}
            >
              {waiting} new
            </Button>
          )}
        </div>
        {shown.failed && <Failed onAgain={shown.again} />}
        {journal === null && !shown.failed && <ListSkeleton rows={12} />}
        {journal !== null && (
          // biome-ignore lint/a11y/noStaticElementInteractions: only whether the pointer has left
          <div ref={list} onMouseLeave={rest}>
            <Days journal={journal} />
          </div>
        )}
        {journal?.items.length === 0 && journal.next === null && (
          <Nothing narrowed={isNarrowed(filter)} onClear={() => narrow(EVERYTHING)} />
        )}
        {journal?.next != null && (
          <Button
            variant="default"
            size="xs"
            loading={shown.loadingOlder}
            onClick={shown.older}
            className={classes.older}
          >
            Older
          </Button>
        )}
      </div>
    </div>
  );
}

/** Whether somebody reads: scrolled down, or with the pointer or the focus in the list. Nothing may move then (V4). */
function reads(box: HTMLElement | null, list: HTMLElement | null): boolean {
  const scrolled = (box?.scrollTop ?? 0) > AT_TOP;
  return scrolled || list?.matches(":hover") === true || list?.contains(document.activeElement) === true;
}

function Days({ journal }: { journal: Journal }) {
  const names = useNames();
  const days = useMemo(() => daysOf(journal.items), [journal.items]);
  return days.map(({ day, bundles }) => (
    <section key={day} aria-label={dayWord(day)}>
      <h2 className={classes.day}>{dayWord(day)}</h2>
      <ol className={classes.lines}>
        {bundles.map((bundle) => (
          <JournalLine key={bundle.key} bundle={bundle} names={names} />
        ))}
      </ol>
    </section>
  ));
}

function dayWord(day: string): string {
  const before = new Date();
  if (day === localDay(before.toISOString())) return "Today";
  before.setDate(before.getDate() - 1);
  return day === localDay(before.toISOString()) ? "Yesterday" : fullDay(day);
}

function Failed({ onAgain }: { onAgain: () => void }) {
  return (
    <Alert color="yellow" role="alert" className={classes.failed}>
      The journal could not be fetched. Check your connection.{" "}
      <Button variant="default" size="compact-sm" onClick={onAgain}>
        Try again
      </Button>
    </Alert>
  );
}

function Nothing({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
  return (
    <EmptyState
      icon={<IconHistory size={28} stroke={1.5} />}
      title={narrowed ? "Nothing fits" : "Nothing has happened yet"}
      text={narrowed ? "Nobody did anything of this kind in these days." : "Whatever is done on the board stands here."}
      action={
        narrowed && (
          <Button variant="default" onClick={onClear}>
            Show everything
          </Button>
        )
      }
    />
  );
}
