// Asks for the reason that a step needs (DOMAIN: hold, release, reopen, cancel): one of a few, or in one's own words.

import { Button, Group, Radio, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Dialog } from "./Dialog";

export interface ReasonDialogProps {
  title: string;
  /** What is asked for: "Why is it on hold?" */
  label: string;
  /** The reasons to choose from; without them one's own words. */
  choices?: readonly { value: string; label: string }[];
  /** What the button says; the title where nothing is given. */
  submit?: string;
  /** What the other button says, where "Cancel" would be taken for the deed. */
  dismiss?: string;
  placeholder?: string;
  /** Given the reason; the dialog closes unless the answer is `false`. */
  onSubmit: (reason: string) => unknown;
  onClose: () => void;
}

/** A reason, then the deed; open for as long as it is rendered. */
export function ReasonDialog({
  title,
  label,
  choices,
  submit = title,
  dismiss = "Cancel",
  placeholder,
  onSubmit,
  onClose,
}: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const act = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return setMissing(true);
    setBusy(true);
    try {
      if ((await onSubmit(reason.trim())) !== false) onClose();
    } finally {
      setBusy(false);
    }
  };
  const enter = (value: string) => {
    setReason(value);
    setMissing(false);
  };
  return (
    <Dialog onClose={onClose} title={title} centered size="sm">
      <form onSubmit={act}>
        <Stack gap="md">
          {choices ? (
            <Radio.Group label={label} value={reason} onChange={enter} error={missing ? "Choose one" : null}>
              <Stack gap={8} mt={8}>
                {choices.map(({ value, label: word }, at) => (
                  <Radio key={value} value={value} label={word} {...(at === 0 ? { "data-autofocus": true } : {})} />
                ))}
              </Stack>
            </Radio.Group>
          ) : (
            <Textarea
              data-autofocus
              label={label}
              placeholder={placeholder}
              autosize
              minRows={2}
              maxRows={8}
              maxLength={4000}
              dir="auto"
              value={reason}
              onChange={(event) => enter(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
                  event.currentTarget.form?.requestSubmit();
              }}
              error={missing ? "Say why in a few words" : null}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {dismiss}
            </Button>
            <Button type="submit" loading={busy}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
