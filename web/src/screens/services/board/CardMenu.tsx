// The menu of a card, at the place where it was asked for: every step that the repair can take from here. What is not
// allowed to this person stays readable, with the server's sentence.
import { Menu } from "@mantine/core";
import { IconCopy, IconPrinter } from "@tabler/icons-react";
import { useExplain } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { numberOf } from "@/widgets/RecordNumber";
import { type Action, asidesOf, stepsOf } from "../actions";
import type { Deed } from "../dialogs/useDeeds";
import { ActionIconOf } from "../drawer/ActionIconOf";
import { trackingAddress } from "../slip/address";
import styles from "./CardMenu.module.css";
import type { Spot } from "./hands";

export interface CardMenuProps {
  service: Service;
  at: Spot;
  onRun: (deed: Deed) => void;
  onClose: () => void;
}

/** The menu; open for as long as it is rendered. */
export function CardMenu({ service, at, onRun, onClose }: CardMenuProps) {
  const explained = useExplain("services", service.id);
  const item = (action: Action) => {
    const isAllowed = explained.allowed(action.command);
    return (
      <Menu.Item
        key={action.key}
        disabled={!isAllowed}
        leftSection={<ActionIconOf action={action} />}
        {...(action.command === "delete_service" ? { color: "red" } : {})}
        onClick={() => onRun(action)}
      >
        {action.label}
        {!isAllowed && <span className={styles.why}>{explained.why(action.command)}</span>}
      </Menu.Item>
    );
  };
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      width={260}
      shadow="md"
      transitionProps={{ duration: 80 }}
      returnFocus
    >
      <Menu.Target>
        <div className={styles.spot} style={{ left: at.left, top: at.top }} aria-hidden="true" />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Steps for ${numberOf("services", service)}`}>
        {stepsOf(service).map(item)}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPrinter size={16} stroke={1.75} />} onClick={() => onRun({ command: "print" })}>
          Print slip…
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} stroke={1.75} />} onClick={() => copyLink(service)}>
          Copy tracking link
        </Menu.Item>
        <Menu.Divider />
        {asidesOf(service).map(item)}
      </Menu.Dropdown>
    </Menu>
  );
}

const copyLink = (service: Service) =>
  void navigator.clipboard?.writeText(trackingAddress(window.location.origin, service.tracking_code));
