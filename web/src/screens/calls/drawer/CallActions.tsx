// What can be done with a call: what is allowed to me now as buttons, the rest in a menu, and what is not allowed there
// with the server's own sentence (S2). Each has its key while the drawer is open.
import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { IconDots, IconEye } from "@tabler/icons-react";
import { useShortcut } from "@/app/shortcuts";
import { useAct } from "@/app/useAct";
import { useNarrow } from "@/app/useNarrow";
import { useExplain, useMe } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import classes from "@/record/Drawer.module.css";
import { numberOf } from "@/widgets/RecordNumber";
import { ActionIconOf } from "./callActionIcons";
import { actionBar, CALL_ACTIONS, type CallAction, saidOf } from "./callActions";

interface CallActionsProps {
  call: Call;
  /** The call is gone by my own hand. */
  onGone: () => void;
  /** An action that asks something first. */
  onAsk: (action: CallAction) => void;
}

/** The bar of actions. */
export function CallActions({ call, onGone, onAsk }: CallActionsProps) {
  const me = useMe();
  const narrow = useNarrow();
  const { allowed } = useExplain("calls", call.id);
  const perform = usePerform(call, onGone);
  const bar = actionBar(call, me, allowed);
  const start = (action: CallAction) => {
    if (!allowed(action)) return;
    if (CALL_ACTIONS[action].asks) onAsk(action);
    else perform(action);
  };
  return (
    <>
      <Group gap={8} wrap="nowrap" role="toolbar" aria-label="Actions">
        {bar.buttons.length === 0 && <NothingToDo mayMore={bar.menu.length > 0} />}
        {bar.buttons.map((action, at) => (
          <Button
            key={action}
            className={classes.button ?? ""}
            size={narrow ? "sm" : "compact-md"}
            variant={at === 0 ? "filled" : "default"}
            leftSection={narrow ? null : <ActionIconOf action={action} />}
            {...(narrow ? { px: 8 } : {})}
            data-action={action}
            onClick={() => start(action)}
          >
            {CALL_ACTIONS[action].label}
          </Button>
        ))}
        <MoreActions call={call} menu={bar.menu} barred={bar.barred} onPick={start} />
      </Group>
      {KEYED.map((action) => (
        <ActionKey key={action} action={action} enabled={allowed(action)} onPress={() => start(action)} />
      ))}
    </>
  );
}

function NothingToDo({ mayMore }: { mayMore: boolean }) {
  return (
    <span className={classes.nothing}>
      <IconEye size={16} stroke={1.75} aria-hidden />
      {mayMore ? "Nothing to be done next" : "You can look at this call, not act on it"}
    </span>
  );
}

const KEYED = (Object.keys(CALL_ACTIONS) as CallAction[]).filter((action) => CALL_ACTIONS[action].key);

/** The key of one action, in the list behind `?` as long as it does something. */
function ActionKey({ action, enabled, onPress }: { action: CallAction; enabled: boolean; onPress: () => void }) {
  const { key = "", label } = CALL_ACTIONS[action];
  useShortcut(key, onPress, `${label} (open call)`, { enabled });
  return null;
}

/** Performs the actions that ask nothing. */
function usePerform(call: Call, onGone: () => void) {
  const act = useAct();
  return (action: CallAction) => {
    const said = saidOf(action, numberOf("calls", call));
    if (action === "claim_call") void act("claim_call", { id: call.id }, { said });
    if (action === "start_call") void act("start_call", { id: call.id }, { said });
    if (action === "resume_call") void act("resume_call", { id: call.id }, { said });
    if (action === "close_call") void act("close_call", { id: call.id }, { said });
    if (action === "delete_call") {
      void act("delete_call", { id: call.id }, { said });
      onGone();
    }
  };
}

interface MoreActionsProps {
  call: Call;
  menu: readonly CallAction[];
  barred: readonly CallAction[];
  onPick: (action: CallAction) => void;
}

function MoreActions({ call, menu, barred, onPick }: MoreActionsProps) {
  const narrow = useNarrow();
  const { why } = useExplain("calls", call.id);
  return (
    <Menu
      withInitialFocusPlaceholder={false}
      position="bottom-end"
      width={280}
      shadow="md"
      transitionProps={{ duration: 80 }}
      withinPortal
    >
      <Menu.Target>
        <ActionIcon variant="default" size={narrow ? 36 : 30} aria-label="More actions" className={classes.more ?? ""}>
          <IconDots size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown ?? ""}>
        {menu.map((action) => (
          <Menu.Item
            key={action}
            leftSection={<ActionIconOf action={action} />}
            rightSection={<KeyOf action={action} />}
            {...(action === "delete_call" ? { className: classes.danger ?? "" } : {})}
            onClick={() => onPick(action)}
          >
            {CALL_ACTIONS[action].label}
          </Menu.Item>
        ))}
        {menu.length > 0 && barred.length > 0 && <Menu.Divider />}
        {barred.length > 0 && <Menu.Label>Not now</Menu.Label>}
        {barred.map((action) => (
          <Menu.Item
            key={action}
            aria-disabled
            closeMenuOnClick={false}
            className={classes.barred ?? ""}
            leftSection={<ActionIconOf action={action} />}
          >
            {CALL_ACTIONS[action].label}
            <span className={classes.why}>{why(action)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function KeyOf({ action }: { action: CallAction }) {
  const { key } = CALL_ACTIONS[action];
  return key ? <kbd className={classes.key}>{key.toUpperCase()}</kbd> : null;
}
