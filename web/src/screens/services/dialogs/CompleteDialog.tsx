// The work is over: how it ended, and what was done (DOMAIN: complete_service).

import { Button, Group, Radio, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useAct } from "@/app/useAct";
import type { Service } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { numberOf } from "@/widgets/RecordNumber";
import { outcomeWord } from "@/widgets/words";
import { likelyOutcome, needsWork, OUTCOMES, type Outcome, whyNot } from "../completion";

/** Asks for the outcome; open for as long as it is rendered. */
export function CompleteDialog({ service, onClose }: { service: Service; onClose: () => void }) {
  const act = useAct();
  const [outcome, setOutcome] = useState<Outcome>(likelyOutcome(service.status));
  const [work, setWork] = useState(service.work_done ?? "");
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const number = numberOf("services", service);
  const why = whyNot(outcome, service.status);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (needsWork(outcome) && work.trim() === "") return setMissing(true);
    setBusy(true);
    const work_done = work.trim() === "" ? {} : { work_done: work.trim() };
    const outcomeOf = await act(
      "complete_service",
      { id: service.id, outcome, ...work_done },
      { said: `${number} is ready` },
    );
    setBusy(false);
    if (outcomeOf !== null) onClose();
  };

  return (
    <Dialog onClose={onClose} title={`Complete ${number}`} centered size="md">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Radio.Group label="How did it end?" value={outcome} onChange={(value) => setOutcome(value as Outcome)}>
            <Stack gap={8} mt={8}>
              {OUTCOMES.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={outcomeWord(one)}
                  disabled={whyNot(one, service.status) !== null}
                  {...(one === outcome ? { "data-autofocus": true } : {})}
                />
              ))}
            </Stack>
          </Radio.Group>
          {whyNot("repaired", service.status) !== null && (
            <Text size="sm" c="dimmed">
              {whyNot("repaired", service.status)}
            </Text>
          )}
          <Textarea
            label="Work done"
            description={needsWork(outcome) ? "The customer may ask what was done." : "If there is anything to say."}
            withAsterisk={needsWork(outcome)}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={4000}
            dir="auto"
            value={work}
            onChange={(event) => {
              setWork(event.currentTarget.value);
              setMissing(false);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
            }}
            error={missing ? "Say what was done" : null}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={why !== null}>
              Complete
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
