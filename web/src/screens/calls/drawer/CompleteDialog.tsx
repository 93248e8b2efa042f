// Completing a call: what solved it.
import { useState } from "react";
import { useAct } from "@/app/useAct";
import { numberOf } from "@/widgets/RecordNumber";
import { ActionDialog } from "./ActionDialog";
import { saidOf } from "./callActions";
import type { CallDialogProps } from "./callDialogProps";
import { WordsField } from "./WordsField";

const USUAL = ["Solved on the phone", "Restarted; works again", "Part replaced", "No fault found"];

/** Asks for the resolution and completes the call. */
export function CompleteDialog({ call, onClose }: CallDialogProps) {
  const act = useAct();
  const [resolution, setResolution] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = async () => {
    if (resolution.trim() === "") {
      setMissing(true);
      return null;
    }
    const said = saidOf("complete_call", numberOf("calls", call));
    return act("complete_call", { id: call.id, resolution: resolution.trim() }, { said });
  };
  return (
    <ActionDialog
      call={call}
      command="complete_call"
      title="Complete"
      submit="Complete"
      onSubmit={submit}
      onClose={onClose}
    >
      <WordsField
        label="What solved it?"
        value={resolution}
        usual={USUAL}
        minRows={3}
        error={missing && resolution.trim() === "" ? "Say in a few words what solved it." : null}
        onChange={setResolution}
      />
    </ActionDialog>
  );
}
