// The figures of a period: what came and went, day by day, and how long it took. The chart is fetched after the figures,
// and beside it stands the same as a table.
import { Skeleton, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { part } from "@/app/part";
import type { Insights } from "@/realtime/schema";
import { Counter } from "@/widgets/Counter";
import { longDuration } from "@/widgets/duration";
import { DayTable } from "./DayTable";
import card from "./Insights.module.css";
import classes from "./PeriodFigures.module.css";
import { balance, perDay, steps } from "./shape";

const DayChart = part(() => import("./DayChart"), { waiting: <Skeleton height={260} />, inPlace: true });

const MOST_DAYS = 92;

interface PeriodFiguresProps {
  insights: Insights;
  /** They are of the period before, while those asked for are under way. */
  isOld: boolean;
}

/** Cards, chart and table. */
export function PeriodFigures({ insights, isOld }: PeriodFiguresProps) {
  const { created, completed, days } = insights;
  const shown = steps(days, MOST_DAYS);
  const weekly = shown.length < days.length;
  return (
    <div className={`${classes.figures} ${isOld ? card.old : ""}`} aria-busy={isOld}>
      <div className={card.cards}>
        <Figure name="Created" note={balance(created, completed)}>
          <Counter value={created} />
        </Figure>
        <Figure name="Completed" note={`${perDay(completed, days.length)} a day`}>
          <Counter value={completed} />
        </Figure>
        <Spread name="Time to assign" spread={insights.time_to_assign_s} done="assigned" />
        <Spread name="Time to complete" spread={insights.time_to_complete_s} done="completed" />
      </div>
      <div className={card.card}>
        <h3 className={classes.title}>Created against completed per {weekly ? "week" : "day"}</h3>
        <DayChart days={shown} />
        <AsTable days={shown} weekly={weekly} />
      </div>
    </div>
  );
}

function AsTable({ days, weekly }: { days: Insights["days"]; weekly: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight
          size={16}
          stroke={1.75}
          aria-hidden
          className={classes.chevron}
          data-open={open || undefined}
        />
        As a table
      </UnstyledButton>
      <DayTable days={days} weekly={weekly} shown={open} />
      <p className={classes.note}>Days are counted in UTC.</p>
    </>
  );
}

function Figure({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div className={card.card}>
      <div className={classes.name}>{name}</div>
      <div className={classes.value}>{children}</div>
      <div className={classes.note}>{note}</div>
    </div>
  );
}

interface SpreadProps {
  name: string;
  spread: Insights["time_to_assign_s"];
  /** What became of the calls that are counted. */
  done: string;
}

/** Half of the calls took less than the median; nine in ten less than the second figure. */
function Spread({ name, spread: { count, median, p90 }, done }: SpreadProps) {
  if (median === null || p90 === null) {
    return (
      <Figure name={name} note={`No call of these days is ${done} yet.`}>
        –
      </Figure>
    );
  }
  return (
    <Figure
      name={`${name}, median`}
      note={`9 in 10 within ${longDuration(p90)} · ${count.toLocaleString("en")} ${done}`}
    >
      {longDuration(median)}
    </Figure>
  );
}
