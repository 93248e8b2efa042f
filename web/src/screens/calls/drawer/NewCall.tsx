// Taking a call on the phone: title first, everything else as it is told, Ctrl+Enter saves. What is written is kept for
// this tab until it is sent, so closing loses nothing and the board can be looked at in between.
import { Alert, Button, Modal, Switch, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useNarrow } from "@/app/useNarrow";
import type { Entry } from "@/realtime";
import { useClient } from "@/realtime/react";
import { CLOSE } from "@/record/closeButton";
import { FormFoot } from "@/widgets/FormFoot";
import { useFocusReturn } from "@/widgets/useFocusReturn";
import { mendedCall } from "./mendedCall";
import classes from "./NewCall.module.css";
import { NewCallFields } from "./NewCallFields";
import { isWritten, missing, type NewCallDraft } from "./newCallDraft";
import { useCreateCall } from "./useCreateCall";
import { useNewCallDraft } from "./useNewCallDraft";

interface NewCallProps {
  onClose: () => void;
  /** The id of the customer who is calling. */
  customer?: string;
  /** The refused call that is entered anew (L4). */
  mend?: Entry;
}

/** The form for a new call. */
export default function NewCall({ onClose, customer, mend }: NewCallProps) {
  const giveBack = useFocusReturn();
  const narrow = useNarrow();
  const form = useRef<HTMLFormElement>(null);
  const mended = useMended(mend);
  const { draft, change, clear } = useNewCallDraft(customer, mended?.draft);
  const [asked, setAsked] = useState(false);
  const done = () => {
    clear();
    giveBack();
  };
  const { create, busy, faults, sentence, forget } = useCreateCall({ mended, onCreated: done, onClose });
  const gaps = missing(draft);

  const enter = (changes: Partial<NewCallDraft>) => {
    change(changes);
    forget(Object.keys(changes) as (keyof NewCallDraft)[]);
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setAsked(true);
    if (Object.keys(gaps).length === 0) void create(draft);
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    const isSaving = event.ctrlKey || event.metaKey;
    // A bare Enter in a line of text is no wish to save half a call.
    if (isSaving || event.target instanceof HTMLInputElement) event.preventDefault();
    if (isSaving) submit();
  };
  return (
    <Modal
      opened
      closeButtonProps={CLOSE}
      onClose={onClose}
      title={<Text fw={600}>New call</Text>}
      size={680}
      fullScreen={narrow}
      yOffset="6vh"
      transitionProps={{ duration: 120 }}
    >
      <form ref={form} onSubmit={submit} onKeyDown={keys} noValidate className={classes.form}>
        <NewCallFields draft={draft} faults={{ ...(asked ? gaps : {}), ...faults }} change={enter} />
        {sentence && (
          <Alert color="red" icon={<IconAlertTriangle size={18} stroke={1.75} />} p="xs" role="alert">
            {sentence}
          </Alert>
        )}
        <FormFoot
          aside={
            <Switch
              label="Solved on the phone"
              checked={draft.solved}
              onChange={(event) => enter({ solved: event.currentTarget.checked })}
            />
          }
        >
          {isWritten(draft) && (
            <Button variant="subtle" color="gray" onClick={clear}>
              Start over
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            {draft.solved ? "Save as solved" : "Save the call"}
          </Button>
        </FormFoot>
        {!narrow && (
          <Text size="xs" c="dimmed" ta="right">
            Ctrl+Enter saves ·{" "}
            {mend ? "Esc closes; it stays among what was not done" : "Esc closes and keeps the draft"}
          </Text>
        )}
      </form>
    </Modal>
  );
}

/** The refused call, read back once: what is mended stays as it is typed. */
function useMended(mend: Entry | undefined) {
  const { outbox, records } = useClient();
  const [mended] = useState(() => {
    if (mend === undefined) return null;
    const { customers } = records.getState();
    return { ...mendedCall(mend, outbox.entries.getState(), (id) => customers.has(id)), op_id: mend.op_id };
  });
  return mended;
}
