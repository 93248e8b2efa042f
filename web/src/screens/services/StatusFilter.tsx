// Which statuses are shown, behind one button that says so: what is in the house, everything, or those ticked.
import { Button, Checkbox, Group, Popover, Stack } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { StatusBadge } from "@/widgets/StatusBadge";
import { statusWord } from "@/widgets/words";
import { shownStatuses } from "./filters";
import styles from "./ServiceFilterBar.module.css";
import { COLUMNS, STATUSES, type Status } from "./stages";

interface StatusFilterProps {
  /** Those chosen; none means what is in the house. */
  statuses: readonly Status[];
  onStatuses: (statuses: readonly Status[]) => void;
}

/** What the button says. */
export function statusesWord(statuses: readonly Status[]): string {
  const [only] = statuses;
  if (only === undefined) return "Open";
  if (statuses.length === STATUSES.length) return "Every status";
  return statuses.length === 1 ? statusWord("services", only) : `${statuses.length} statuses`;
}

/** Those ticked, with the house's usual ones said as none. */
export function chosenOf(ticked: readonly string[]): readonly Status[] {
  const chosen = STATUSES.filter((status) => ticked.includes(status));
  const isUsual = chosen.length === COLUMNS.length && COLUMNS.every((status) => chosen.includes(status));
  return isUsual ? [] : chosen;
}

/** The button, and the ticks behind it. */
export function StatusFilter({ statuses, onStatuses }: StatusFilterProps) {
  const shown = shownStatuses({ statuses });
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus transitionProps={{ duration: 80 }}>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          className={styles.status ?? ""}
          data-on={statuses.length > 0 || undefined}
          aria-label={`Status: ${statusesWord(statuses)}`}
          rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden />}
        >
          {statusesWord(statuses)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Status">
        <Checkbox.Group
          aria-label="Status"
          value={[...shown]}
          onChange={(ticked) => ticked.length > 0 && onStatuses(chosenOf(ticked))}
        >
          <Stack gap={8}>
            {STATUSES.map((status) => (
              <Checkbox
                key={status}
                size="xs"
                value={status}
                label={<StatusBadge plural="services" status={status} />}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group gap={4} mt="sm">
          <Button size="compact-xs" variant="subtle" onClick={() => onStatuses([])}>
            Open
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => onStatuses(STATUSES)}>
            Every status
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
