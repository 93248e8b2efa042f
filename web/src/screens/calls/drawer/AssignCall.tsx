// Giving a call to somebody: a small list under a button, or on a phone a sheet from below (V2). Who is here and free
// stands on top, with what he has open; typing finds by name or skill.
import { Button, type ButtonProps, Drawer, Modal, Popover } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useAct } from "@/app/useAct";
import { useNarrow } from "@/app/useNarrow";
import { useExplain } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { CLOSE } from "@/record/closeButton";
import { numberOf } from "@/widgets/RecordNumber";
import { useFocusReturn } from "@/widgets/useFocusReturn";
import { AssigneeList } from "./AssigneeList";
import type { CallDialogProps } from "./callDialogProps";

/** Gives the call to somebody and says so. */
function useAssign(call: Call) {
  const act = useAct();
  return (assigneeId: string, name: string) =>
    act(
      "assign_call",
      { id: call.id, assignee_id: assigneeId },
      { said: `${numberOf("calls", call)} assigned to ${name}` },
    );
}

/** The list over the page: from below on a phone, in the middle elsewhere. Open for as long as it is rendered. */
export function AssignSheet({ call, onClose }: CallDialogProps) {
  useFocusReturn();
  const narrow = useNarrow();
  const assign = useAssign(call);
  const { allowed, why } = useExplain("calls", call.id);
  const list = (
    <AssigneeList
      current={call.assignee_id}
      barred={allowed("assign_call") ? null : why("assign_call")}
      onCancel={onClose}
      onPick={(id, name) => {
        onClose();
        void assign(id, name);
      }}
    />
  );
  const title = `Assign ${numberOf("calls", call)}`;
  return narrow ? (
    <Drawer
      opened
      closeButtonProps={CLOSE}
      onClose={onClose}
      title={title}
      position="bottom"
      size="75%"
      radius="lg"
      transitionProps={{ duration: 120 }}
    >
      {list}
    </Drawer>
  ) : (
    <Modal
      opened
      closeButtonProps={CLOSE}
      onClose={onClose}
      title={title}
      size="xs"
      yOffset="15vh"
      transitionProps={{ duration: 120 }}
    >
      {list}
    </Modal>
  );
}

interface AssignMenuProps extends ButtonProps {
  call: Call;
  label?: string;
}

/** A button with the list under it; on a phone it opens the sheet. */
export function AssignMenu({ call, label = "Assign", ...button }: AssignMenuProps) {
  const narrow = useNarrow();
  const [opened, setOpened] = useState(false);
  const assign = useAssign(call);
  const target = (
    <Button
      size="compact-md"
      variant="default"
      leftSection={<IconUserPlus size={16} stroke={1.75} aria-hidden />}
      {...button}
      aria-haspopup="dialog"
      aria-expanded={opened}
      onClick={() => setOpened((now) => !now)}
    >
      {label}
    </Button>
  );
  if (narrow) {
    return (
      <>
        {target}
        {opened && <AssignSheet call={call} onClose={() => setOpened(false)} />}
      </>
    );
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={300}
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 80 }}
    >
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown p={8} aria-label="Assign to">
        <AssigneeList
          current={call.assignee_id}
          barred={null}
          onCancel={() => setOpened(false)}
          onPick={(id, name) => {
            setOpened(false);
            void assign(id, name);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
