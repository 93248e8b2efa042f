// Giving one call or many to somebody: a small window with the people, on a phone a sheet from below (V2).
import { Drawer, Modal } from "@mantine/core";
import { useNarrow } from "@/app/useNarrow";
import { useExplain, useRecord } from "@/realtime/react";
import { numberOf } from "@/widgets/RecordNumber";
import { useFocusReturn } from "@/widgets/useFocusReturn";
import { AssigneeList } from "./drawer/AssigneeList";

export interface AssignDialogProps {
  ids: readonly string[];
  onPick(to: string): void;
  onClose(): void;
}

/** Asks to whom. */
export default function AssignDialog({ ids, onPick, onClose }: AssignDialogProps) {
  useFocusReturn();
  const narrow = useNarrow();
  const only = ids.length === 1 ? (ids[0] ?? null) : null;
  const call = useRecord("calls", only);
  const { allowed, why } = useExplain("calls", only);
  const title = call === undefined ? `Assign ${ids.length} calls` : `Assign ${numberOf("calls", call)}`;
  const list = (
    <AssigneeList
      current={call?.assignee_id ?? null}
      barred={only === null || allowed("assign_call") ? null : why("assign_call")}
      onCancel={onClose}
      onPick={(id) => {
        onClose();
        onPick(id);
      }}
    />
  );
  const frame = { opened: true, onClose, title, transitionProps: { duration: 120 } } as const;
  if (narrow) {
    return (
      <Drawer {...frame} position="bottom" size="75%" radius="lg">
        {list}
      </Drawer>
    );
  }
  return (
    <Modal {...frame} size="xs" yOffset="15vh">
      {list}
    </Modal>
  );
}
