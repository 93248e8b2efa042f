// What can be done with a repair: the next steps that are allowed to me as buttons, the rest in a menu, and there what is
// not allowed with the server's own sentence (S2).
import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useShortcut } from "@/app/shortcuts";
import { useNarrow } from "@/app/useNarrow";
import { useExplain } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import classes from "@/record/Drawer.module.css";
import { type Action, barOf } from "../actions";
import { useDeeds } from "../dialogs/useDeeds";
import { ActionIconOf } from "./ActionIconOf";

interface ServiceActionsProps {
  service: Service;
  /** The repair is gone by my own hand. */
  onGone: () => void;
}

/** The bar of actions. */
export function ServiceActions({ service, onGone }: ServiceActionsProps) {
  const narrow = useNarrow();
  const { allowed, why } = useExplain("services", service.id);
  const deeds = useDeeds();
  const bar = barOf(service, allowed);
  const start = (action: Action) => {
    deeds.run(service, action);
    if (action.command === "delete_service") onGone();
  };
  const item = (action: Action) => (
    <Menu.Item
      key={action.key}
      leftSection={<ActionIconOf action={action} />}
      {...(action.command === "delete_service" ? { color: "red" } : {})}
      onClick={() => start(action)}
    >
      {action.label}
    </Menu.Item>
  );
  return (
    <>
      <Group gap={8} wrap="nowrap" role="toolbar" aria-label="Actions">
        {bar.buttons.map((action, place) => (
          <Button
            key={action.key}
            className={classes.button ?? ""}
            size={narrow ? "sm" : "compact-md"}
            variant={place === 0 ? "filled" : "default"}
            leftSection={narrow ? null : <ActionIconOf action={action} />}
            {...(narrow ? { px: 8 } : {})}
            onClick={() => start(action)}
          >
            {action.label}
          </Button>
        ))}
        <Menu position="bottom-end" width={280} shadow="md" transitionProps={{ duration: 80 }}>
          <Menu.Target>
            <ActionIcon
              variant="default"
              size={narrow ? 36 : 30}
              aria-label="More actions"
              className={classes.more ?? ""}
            >
              <IconDots size={18} stroke={1.75} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown className={classes.dropdown ?? ""}>
            {bar.menu.map(item)}
            {bar.menu.length > 0 && bar.barred.length > 0 && <Menu.Divider />}
            {bar.barred.length > 0 && <Menu.Label>Not now</Menu.Label>}
            {bar.barred.map((action) => (
              <Menu.Item
                key={action.key}
                aria-disabled
                closeMenuOnClick={false}
                className={classes.barred ?? ""}
                leftSection={<ActionIconOf action={action} />}
              >
                {action.label}
                <span className={classes.why}>{why(action.command)}</span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      {[...bar.buttons, ...bar.menu].map((action) =>
        action.shortcut ? <ActionKey key={action.key} action={action} onPress={() => start(action)} /> : null,
      )}
      {deeds.dialog}
    </>
  );
}

/** The key of one action, in the list behind `?` while the drawer is open. */
function ActionKey({ action, onPress }: { action: Action; onPress: () => void }) {
  useShortcut(action.shortcut ?? "", onPress, `${action.label.replace("…", "")} (open repair)`);
  return null;
}
