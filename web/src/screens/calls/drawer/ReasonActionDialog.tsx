// Giving back, reopening or cancelling a call: why.
import { useState } from "react";
import { useAct } from "@/app/useAct";
import { numberOf } from "@/widgets/RecordNumber";
import { ActionDialog } from "./ActionDialog";
import { saidOf } from "./callActions";
import type { CallDialogProps } from "./callDialogProps";
import { WordsField } from "./WordsField";

/** The actions on a call that need a reason in one's own words. */
export type ReasonedAction = "release_call" | "reopen_call" | "cancel_call";

interface Asking {
  title: string;
  label: string;
  submit: string;
  usual: readonly string[];
  danger: boolean;
}

const ASKING: Readonly<Record<ReasonedAction, Asking>> = {
  release_call: {
    title: "Give back",
    label: "Why do you give it back?",
    submit: "Give back",
    usual: ["No time today", "Needs somebody else's skills", "Off sick"],
    danger: false,
  },
  reopen_call: {
    title: "Reopen",
    label: "Why is it open again?",
    submit: "Reopen",
    usual: ["The problem came back", "Not solved yet", "Customer called again"],
    danger: false,
  },
  cancel_call: {
    title: "Cancel",
    label: "Why is it cancelled?",
    submit: "Cancel the call",
    usual: ["Solved itself", "Customer called it off", "Entered twice"],
    danger: true,
  },
};

/** Asks for the reason and acts. */
export function ReasonActionDialog({ call, command, onClose }: CallDialogProps & { command: ReasonedAction }) {
  const act = useAct();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { title, label, submit: deed, usual, danger } = ASKING[command];
  const submit = async () => {
    if (reason.trim() === "") {
      setMissing(true);
      return null;
    }
    return act(command, { id: call.id, reason: reason.trim() }, { said: saidOf(command, numberOf("calls", call)) });
  };
  return (
    <ActionDialog
      call={call}
      command={command}
      title={title}
      submit={deed}
      danger={danger}
      onSubmit={submit}
      onClose={onClose}
    >
      <WordsField
        label={label}
        value={reason}
        usual={usual}
        error={missing && reason.trim() === "" ? "Say why in a few words." : null}
        onChange={setReason}
      />
    </ActionDialog>
  );
}
