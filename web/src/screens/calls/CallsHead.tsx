// The head of the calls (S2): their name and number, board or list, views with their counts, words and filters. Calm:
// what is filtered by is said below only where no view says it already.
import { Button, Indicator, Menu, Tooltip } from "@mantine/core";
import { IconArrowsSort, IconCheck, IconPlus, IconUsersGroup, IconX } from "@tabler/icons-react";
import { useNarrow } from "@/app/useNarrow";
import { useNewRecord } from "@/app/useNewRecord";
import { useExplain } from "@/realtime/react";
import { LayoutSwitch } from "@/widgets/LayoutSwitch";
import { PageHeader } from "@/widgets/PageHeader";
import classes from "./CallsHead.module.css";
import { FilterMenu } from "./FilterMenu";
import { NO_FILTERS } from "./filters";
import { filterPhrases } from "./filterWords";
import { HEAD_BUTTON } from "./headButton";
import { SearchBox } from "./SearchBox";
import { type Names, SORTS, type Sort, turned } from "./sorting";
import type { CallsAddress } from "./useCallsAddress";
import { ViewTabs, type ViewTabsProps } from "./ViewTabs";

export interface CallsHeadProps {
  address: CallsAddress;
  names: Names;
  count: number;
  views: Omit<ViewTabsProps, "loaded" | "active">;
  loaded: boolean;
  /** Where the rail has no room it opens from here. */
  onTeam: (() => void) | null;
}

/** The head. */
export function CallsHead({ address, names, count, views, loaded, onTeam }: CallsHeadProps) {
  const { filters, sort, layout, view } = address;
  const narrow = useNarrow();
  return (
    <PageHeader
      title="Calls"
      count={loaded ? count : undefined}
      search={!narrow && <SearchBox text={filters.text} onText={(text) => address.setFilters({ ...filters, text })} />}
      actions={
        <>
          <FilterMenu filters={filters} onFilters={address.setFilters} />
          <SortMenu sort={sort} onSort={address.setSort} />
          <LayoutSwitch layout={layout} onLayout={address.setLayout} />
          {onTeam && <TeamButton on={filters.assignees.length > 0} onTeam={onTeam} />}
          <NewButton />
        </>
      }
    >
      <ViewTabs {...views} active={view} loaded={loaded} />
      {view === null && <Phrases address={address} names={names} />}
    </PageHeader>
  );
}

function NewButton() {
  const { open } = useNewRecord();
  const { allowed, why } = useExplain("calls");
  const may = allowed("create_call");
  return (
    <Tooltip
      label={may ? "New call (c)" : why("create_call")}
      openDelay={may ? 400 : 0}
      multiline={!may}
      maw={280}
      events={{ hover: true, focus: true, touch: !may }}
    >
      <Button
        size="xs"
        classNames={HEAD_BUTTON}
        variant="filled"
        leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
        aria-label="New call"
        {...(!may && { "aria-disabled": true, "data-disabled": true })}
        onClick={() => may && open("call")}
      >
        New call
      </Button>
    </Tooltip>
  );
}

function TeamButton({ on, onTeam }: { on: boolean; onTeam(): void }) {
  return (
    <Indicator disabled={!on} size={8} offset={4}>
      <Button
        size="xs"
        classNames={HEAD_BUTTON}
        variant="default"
        leftSection={<IconUsersGroup size={16} stroke={1.75} aria-hidden />}
        aria-label="Team"
        onClick={onTeam}
      >
        Team
      </Button>
    </Indicator>
  );
}

function Phrases({ address, names }: { address: CallsAddress; names: Names }) {
  const phrases = filterPhrases(address.filters, names);
  if (phrases.length === 0) return null;
  return (
    <ul className={classes.phrases} aria-label="Filtered by">
      {phrases.map(({ words, without }) => (
        <li key={words}>
          <button
            type="button"
            className={classes.phrase}
            aria-label={`Remove the filter ${words}`}
            onClick={() => address.setFilters(without)}
          >
            <span dir="auto">{words}</span>
            <IconX size={14} stroke={1.75} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => address.setFilters(NO_FILTERS)}>
          Clear all
        </Button>
      </li>
    </ul>
  );
}

const WAYS = (sort: Sort, downFirst: boolean) => (sort.down === downFirst ? "" : "turned round");

function SortMenu({ sort, onSort }: { sort: Sort; onSort(sort: Sort): void }) {
  const word = SORTS.find(({ key }) => key === sort.key)?.word ?? "";
  return (
    <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 80 }}>
      <Menu.Target>
        <Button
          size="xs"
          classNames={HEAD_BUTTON}
          variant="default"
          leftSection={<IconArrowsSort size={16} stroke={1.75} aria-hidden />}
          aria-label={`Sorted by ${word}`}
        >
          {word}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Sort by; again to turn round</Menu.Label>
        {SORTS.map(({ key, word: name, downFirst }) => (
          <Menu.Item
            key={key}
            rightSection={sort.key === key && <IconCheck size={14} stroke={1.75} aria-hidden />}
            onClick={() => onSort(turned(sort, key))}
          >
            {name} <span className={classes.way}>{sort.key === key && WAYS(sort, downFirst)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
