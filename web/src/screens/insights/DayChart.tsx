// Created against completed as a chart: what came in as bars, what was completed as a line with points, so that the two
// are told apart by their shape. Fetched only when it is shown (U6): import it lazily.
import { CompositeChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import type { Insights } from "@/realtime/schema";
import { fullDay } from "@/widgets/duration";

const SERIES = [
  {
    name: "created",
    label: "Created (bars)",
    color: "color-mix(in srgb, var(--cb-quiet) 70%, var(--cb-surface))",
    type: "bar" as const,
  },
  { name: "completed", label: "Completed (line)", color: "var(--cb-accent)", type: "line" as const },
];

const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** The chart; who listens is given the table beside it instead. */
export default function DayChart({ days }: { days: Insights["days"] }) {
  return (
    <div aria-hidden>
      <CompositeChart
        h={260}
        data={days}
        dataKey="day"
        series={SERIES}
        withLegend
        legendProps={{ verticalAlign: "top", height: 32 }}
        maxBarWidth={24}
        curveType="linear"
        strokeWidth={2}
        dotProps={{ r: days.length > 45 ? 0 : 3 }}
        gridAxis="x"
        tickLine="none"
        xAxisProps={{ tickFormatter: (day: string) => short.format(new Date(`${day}T12:00:00`)), minTickGap: 24 }}
        yAxisProps={{ allowDecimals: false, width: 36 }}
        tooltipProps={{ labelFormatter: (day) => (day ? fullDay(String(day)) : "") }}
        composedChartProps={{ accessibilityLayer: false }}
      />
    </div>
  );
}
