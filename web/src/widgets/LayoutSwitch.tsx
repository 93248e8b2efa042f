// Board or list, the same switch wherever there are both: two icons with their words for those who hover or listen.
import { SegmentedControl } from "@mantine/core";
import { IconLayoutKanban, IconListDetails } from "@tabler/icons-react";
import classes from "./LayoutSwitch.module.css";

export type Layout = "board" | "list";

export interface LayoutSwitchProps {
  layout: Layout;
  onLayout: (layout: Layout) => void;
}

/** The switch. */
export function LayoutSwitch({ layout, onLayout }: LayoutSwitchProps) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="Layout"
      value={layout}
      onChange={(value) => onLayout(value === "list" ? "list" : "board")}
      data={[
        { value: "board", label: <LayoutIcon icon={IconLayoutKanban} word="Board" /> },
        { value: "list", label: <LayoutIcon icon={IconListDetails} word="List" /> },
      ]}
    />
  );
}

function LayoutIcon({ icon: Icon, word }: { icon: typeof IconLayoutKanban; word: string }) {
  return (
    <span className={classes.layout} title={word}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <span className={classes.word}>{word}</span>
    </span>
  );
}
