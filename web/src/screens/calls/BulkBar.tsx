// What can be done with all that is ticked (S2): it stands at the foot of the board for as long as something is ticked,
// shows how far it is, and lists what was refused with the server's own sentences (U5).
import { ActionIcon, Button, Menu, Progress, Tooltip } from "@mantine/core";
import { IconChevronUp, IconFlag, IconLock, IconUserPlus, IconX } from "@tabler/icons-react";
import { useClient } from "@/realtime/react";
import { PriorityMark } from "@/widgets/PriorityMark";
import { numberOf } from "@/widgets/RecordNumber";
import classes from "./BulkBar.module.css";
import { PRIORITIES, type Priority } from "./filters";
import type { Bulk, Refused } from "./useBulk";

export interface BulkBarProps {
  bulk: Bulk;
  count: number;
  /** How many of the ticked are completed, and so can be closed. */
  closable: number;
  onAssign(): void;
  onClose(): void;
  onPriority(priority: Priority): void;
  onClear(): void;
}

/** The bar; nothing while nothing is ticked and nothing is to be told. */
export function BulkBar(props: BulkBarProps) {
  const { bulk, count } = props;
  if (count === 0 && bulk.progress === null && bulk.refused.length === 0) return null;
  return (
    <section className={classes.bar} aria-label="Selected calls">
      {bulk.refused.length > 0 && <RefusedList refused={bulk.refused} onForget={bulk.forget} />}
      {bulk.progress !== null ? <Underway {...bulk.progress} /> : count > 0 && <Actions {...props} />}
    </section>
  );
}

function Underway({ done, of }: { done: number; of: number }) {
  return (
    <div className={classes.row} role="status">
      <span>
        {done} of {of}
      </span>
      <Progress value={(100 * done) / of} className={classes.progress} size="sm" aria-label="Progress" />
    </div>
  );
}

function Actions({ count, closable, onAssign, onClose, onPriority, onClear }: BulkBarProps) {
  return (
    <div className={classes.row}>
      <span className={classes.count}>{count} selected</span>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconUserPlus size={16} stroke={1.75} />}
        onClick={onAssign}
      >
        Assign to…
      </Button>
      <PriorityMenu onPriority={onPriority} />
      <CloseButton closable={closable} onClose={onClose} />
      <Tooltip label="Clear (Esc)" openDelay={400}>
        <ActionIcon variant="subtle" color="gray" aria-label="Clear selection" onClick={onClear}>
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function CloseButton({ closable, onClose }: { closable: number; onClose(): void }) {
  const none = closable === 0;
  return (
    <Tooltip label="Only completed calls can be closed." disabled={!none}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconLock size={16} stroke={1.75} />}
        {...(none && { "aria-disabled": true, "data-disabled": true })}
        onClick={() => !none && onClose()}
      >
        {none ? "Close" : `Close ${closable}`}
      </Button>
    </Tooltip>
  );
}

function PriorityMenu({ onPriority }: { onPriority(priority: Priority): void }) {
  return (
    <Menu position="top" shadow="md" transitionProps={{ duration: 80 }}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconFlag size={16} stroke={1.75} />}
          rightSection={<IconChevronUp size={14} stroke={1.75} />}
        >
          Priority
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PRIORITIES.map((priority) => (
          <Menu.Item key={priority} onClick={() => onPriority(priority)}>
            <PriorityMark priority={priority} word />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function RefusedList({ refused, onForget }: { refused: readonly Refused[]; onForget(): void }) {
  const client = useClient();
  const { calls } = client.records.getState();
  return (
    <div className={classes.refused} role="alert">
      <div className={classes.row}>
        <strong>{refused.length === 1 ? "1 call was refused" : `${refused.length} calls were refused`}</strong>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onForget}>
          Got it
        </Button>
      </div>
      <ul className={classes.reasons}>
        {refused.map(({ id, why }) => (
          <li key={id}>
            <span className={classes.number}>{numberOf("calls", calls.get(id))}</span> {why}
          </li>
        ))}
      </ul>
    </div>
  );
}
