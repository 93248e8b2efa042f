// Views (S2): the ones that every desk needs and a person's own, each with what it holds just now, so that a look along
// the row says how the day stands. Saving one asks for nothing but its name.
import { Button, CloseButton, Popover, TextInput, Tooltip } from "@mantine/core";
import { IconBookmarkPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Counter } from "@/widgets/Counter";
import classes from "./ViewTabs.module.css";
import type { View } from "./views";

export interface ViewTabsProps {
  views: readonly View[];
  active: View | null;
  /** How many calls each view holds, by its id. */
  counts: ReadonlyMap<string, number>;
  loaded: boolean;
  onChoose(view: View): void;
  onSave(name: string): void;
  onRemove(view: View): void;
}

/** The row of views. */
export function ViewTabs({ views, active, counts, loaded, onChoose, onSave, onRemove }: ViewTabsProps) {
  return (
    <nav className={classes.tabs} aria-label="Views">
      {views.map((view) => (
        <span key={view.id} className={classes.tab} data-active={view.id === active?.id || undefined}>
          <button
            type="button"
            className={classes.name}
            aria-current={view.id === active?.id ? "true" : undefined}
            onClick={() => onChoose(view)}
          >
            <span dir="auto">{view.name}</span>
            {loaded && <Counter value={counts.get(view.id) ?? 0} className={classes.count} />}
          </button>
          {view.own && view.id === active?.id && (
            <Tooltip label="Remove this view" openDelay={400}>
              <CloseButton size="xs" aria-label={`Remove the view ${view.name}`} onClick={() => onRemove(view)} />
            </Tooltip>
          )}
        </span>
      ))}
      {active === null && <SaveView onSave={onSave} />}
    </nav>
  );
}

function SaveView({ onSave }: { onSave(name: string): void }) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");
  const save = () => {
    if (name.trim() === "") return;
    onSave(name);
    setName("");
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-start" shadow="md">
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconBookmarkPlus size={16} stroke={1.75} />}
          onClick={() => setOpened((now) => !now)}
        >
          Save view
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.save}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextInput
            data-autofocus
            size="xs"
            label="Name of the view"
            placeholder="Urgent today"
            maxLength={40}
            dir="auto"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs">
            Save
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
