// The menu of a card (S2): open, give to somebody, what else its status allows. What is not allowed stays readable and
// says why. One menu serves the whole board and opens wherever it was asked for.
import { Menu, Portal } from "@mantine/core";
import { IconExternalLink, IconLink, IconSquareCheck, IconUserPlus } from "@tabler/icons-react";
import { type ReactNode, useCallback } from "react";
import { useExplain, useRecord } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { numberOf } from "@/widgets/RecordNumber";
import { toast } from "@/widgets/toast";
import type { Spot } from "./boardHands";
import classes from "./CallMenu.module.css";
import { callPath } from "./callPath";
import { CALL_ACTIONS } from "./drawer/callActions";
import { isOpen } from "./matching";
import { commandsFrom, type MoveCommand } from "./moves";

export interface CallMenuProps {
  id: string;
  at: Spot;
  ticked: boolean;
  onClose(): void;
  onOpen(): void;
  onTick(): void;
  onAssign(): void;
  onPerform(call: Call, command: MoveCommand): void;
}

/** The menu, open. */
export function CallMenu(props: CallMenuProps) {
  const { id, at, onClose } = props;
  const call = useRecord("calls", id);
  const close = useCallback((opened: boolean) => !opened && onClose(), [onClose]);
  if (call === undefined) return null;
  return (
    <Menu
      opened
      onChange={close}
      position="bottom-start"
      width={248}
      shadow="md"
      returnFocus
      transitionProps={{ duration: 80 }}
      offset={4}
    >
      <Portal>
        <Menu.Target>
          <span className={classes.anchor} style={at} />
        </Menu.Target>
      </Portal>
      <Menu.Dropdown aria-label={`Actions for ${numberOf("calls", call)}`}>
        <Items {...props} call={call} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Items({ call, ticked, onOpen, onTick, onAssign, onPerform }: CallMenuProps & { call: Call }) {
  const { allowed, why } = useExplain("calls", call.id);
  const copy = () => {
    void navigator.clipboard?.writeText(`${window.location.origin}${callPath(call)}`);
    toast({ type: "success", message: `Link to ${numberOf("calls", call)} copied.` });
  };
  return (
    <>
      <Menu.Item leftSection={<IconExternalLink size={16} stroke={1.75} />} onClick={onOpen}>
        Open
      </Menu.Item>
      {isOpen(call) && (
        <Action
          label={call.assignee_id === null ? "Assign to…" : "Hand over to…"}
          icon={<IconUserPlus size={16} stroke={1.75} />}
          why={allowed("assign_call") ? null : why("assign_call")}
          onClick={onAssign}
        />
      )}
      <Menu.Divider />
      {commandsFrom(call.status).map((command) => (
        <Action
          key={command}
          label={CALL_ACTIONS[command].label + (CALL_ACTIONS[command].asks ? "…" : "")}
          why={allowed(command) ? null : why(command)}
          onClick={() => onPerform(call, command)}
        />
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<IconSquareCheck size={16} stroke={1.75} />} onClick={onTick}>
        {ticked ? "Unselect" : "Select"}
      </Menu.Item>
      <Menu.Item leftSection={<IconLink size={16} stroke={1.75} />} onClick={copy}>
        Copy link
      </Menu.Item>
    </>
  );
}

interface ActionProps {
  label: string;
  icon?: ReactNode;
  /** Why not; null where it may be done. */
  why: string | null;
  onClick(): void;
}

/** An item that stays reachable when it is not allowed, and says why. */
function Action({ label, icon, why, onClick }: ActionProps) {
  if (why === null) {
    return (
      <Menu.Item leftSection={icon ?? <span className={classes.space} />} onClick={onClick}>
        {label}
      </Menu.Item>
    );
  }
  return (
    <Menu.Item
      leftSection={icon ?? <span className={classes.space} />}
      aria-disabled
      className={classes.barred}
      closeMenuOnClick={false}
    >
      {label}
      <span className={classes.why}>{why}</span>
    </Menu.Item>
  );
}
