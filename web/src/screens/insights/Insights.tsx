// Insights (S4): how many calls are open and where, how many came and went, and how long it took. What is open is read off
// memory and is of this moment; the figures of a period are the server's.
import { Alert, Button, SegmentedControl, Skeleton } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { part } from "@/app/part";
import { useNewRecord } from "@/app/useNewRecord";
import { useLoaded, useRecords } from "@/realtime/react";
import { EmptyState } from "@/widgets/EmptyState";
import { PageHeader } from "@/widgets/PageHeader";
import classes from "./Insights.module.css";
import { OpenNow } from "./OpenNow";
import { PeriodFigures } from "./PeriodFigures";
import { PRESETS, type Preset, type Range, rangeOf, withRange } from "./range";
import { useInsights } from "./useInsights";

const DayRange = part(() => import("../lists/DayRange"), {
  waiting: <Skeleton width={210} height={36} />,
  inPlace: true,
});

/** The screen. */
export default function Insights() {
  const loaded = useLoaded();
  const any = useRecords("calls").length > 0;
  return (
    <div className={classes.screen}>
      <PageHeader title="Insights" />
      <div className={classes.scroll}>
        {loaded && !any ? (
          <NoCalls />
        ) : (
          <>
            <OpenNow loaded={loaded} />
            <Period />
          </>
        )}
      </div>
    </div>
  );
}

function Period() {
  const [query, setQuery] = useSearchParams();
  const words = query.toString();
  // The clock is asked once per address: a period does not slip at midnight under whoever looks at it.
  const range = useMemo(() => rangeOf(new URLSearchParams(words), Date.now()), [words]);
  const { insights, failed, isOld, again } = useInsights(range);
  const choose = (next: Preset | { from: string; to: string }) =>
    setQuery((now) => withRange(now, next), { replace: true });
  return (
    <section className={classes.period} aria-labelledby="period">
      <header className={classes.periodHead}>
        <h2 id="period" className={classes.heading}>
          Calls of a period
        </h2>
        <RangePicker range={range} onChange={choose} />
      </header>
      {failed && (
        <Alert color="yellow" role="alert">
          The figures could not be fetched. Check your connection.{" "}
          <Button variant="default" size="compact-sm" onClick={() => again()}>
            Try again
          </Button>
        </Alert>
      )}
      {insights ? <PeriodFigures insights={insights} isOld={isOld} /> : !failed && <Waiting />}
    </section>
  );
}

interface RangePickerProps {
  range: Range;
  onChange: (next: Preset | { from: string; to: string }) => void;
}

function RangePicker({ range, onChange }: RangePickerProps) {
  return (
    <div className={classes.picker}>
      <SegmentedControl
        size="xs"
        aria-label="The last days"
        value={range.preset === null ? "" : String(range.preset)}
        onChange={(days) => {
          const preset = PRESETS.find((one) => String(one) === days);
          if (preset !== undefined) onChange(preset);
        }}
        data={PRESETS.map((days) => ({ value: String(days), label: `${days} days` }))}
      />
      <DayRange
        label="Days"
        from={range.from}
        to={range.to}
        onChange={(from, to) => from !== null && to !== null && onChange({ from, to })}
      />
    </div>
  );
}

function Waiting() {
  return (
    <div className={classes.cards} role="status" aria-label="Loading">
      {["came", "went", "assign", "complete"].map((card) => (
        <Skeleton key={card} height={92} radius="lg" />
      ))}
    </div>
  );
}

function NoCalls() {
  const { open } = useNewRecord();
  return (
    <EmptyState
      icon={<IconChartBar size={28} stroke={1.5} />}
      title="No figures yet"
      text="They come with the first calls."
      action={<Button onClick={() => open("call")}>New call</Button>}
    />
  );
}
