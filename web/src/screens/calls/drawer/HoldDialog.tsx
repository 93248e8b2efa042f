// Putting a call on hold: what it waits for.
import { Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useAct } from "@/app/useAct";
import type { HoldCall } from "@/realtime/schema";
import { numberOf } from "@/widgets/RecordNumber";
import { reasonWord } from "@/widgets/words";
import { ActionDialog } from "./ActionDialog";
import { saidOf } from "./callActions";
import type { CallDialogProps } from "./callDialogProps";

type Reason = HoldCall["reason"];
const REASONS: readonly Reason[] = ["waiting_customer", "waiting_parts", "scheduled", "third_party"];

/** Asks what the call waits for and holds it. */
export function HoldDialog({ call, onClose }: CallDialogProps) {
  const act = useAct();
  const [reason, setReason] = useState<Reason>("waiting_customer");
  const submit = () =>
    act("hold_call", { id: call.id, reason }, { said: saidOf("hold_call", numberOf("calls", call)) });
  return (
    <ActionDialog call={call} command="hold_call" title="Hold" submit="Put on hold" onSubmit={submit} onClose={onClose}>
      <Radio.Group label="What is it waiting for?" value={reason} onChange={(value) => setReason(value as Reason)}>
        <Stack gap={8} mt={8}>
          {REASONS.map((value) => (
            <Radio key={value} value={value} label={reasonWord(value)} data-autofocus={value === reason || undefined} />
          ))}
        </Stack>
      </Radio.Group>
    </ActionDialog>
  );
}
