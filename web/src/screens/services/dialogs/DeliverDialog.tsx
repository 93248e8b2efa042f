// The device goes back over the counter: to whom (DOMAIN: deliver_service).

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useAct } from "@/app/useAct";
import type { Service } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { numberOf } from "@/widgets/RecordNumber";
import { showMoney } from "../money";

/** Asks who takes the device; open for as long as it is rendered. */
export function DeliverDialog({ service, onClose }: { service: Service; onClose: () => void }) {
  const act = useAct();
  const [taker, setTaker] = useState(service.customer_name);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const number = numberOf("services", service);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (taker.trim() === "") return setMissing(true);
    setBusy(true);
    const payload = { id: service.id, delivered_to: taker.trim() };
    const outcome = await act("deliver_service", payload, { said: `${number} handed out` });
    setBusy(false);
    if (outcome !== null) onClose();
  };

  return (
    <Dialog onClose={onClose} title={`Hand out ${number}`} centered size="sm">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label="Handed to"
            maxLength={200}
            dir="auto"
            value={taker}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              setTaker(event.currentTarget.value);
              setMissing(false);
            }}
            error={missing ? "Say who takes the device" : null}
          />
          <Checklist service={service} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Hand out
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** What to think of at the counter: what came with the device, and what there is to pay. */
function Checklist({ service }: { service: Service }) {
  const { accessories, price_minor: price, currency } = service;
  if (accessories.length === 0 && price === null) return null;
  return (
    <Text size="sm" component="div" c="dimmed">
      {accessories.length > 0 && (
        <div>
          Goes back with it: <bdi>{accessories.join(", ")}</bdi>
        </div>
      )}
      {price !== null && <div>To pay: {showMoney(price, currency)}</div>}
    </Text>
  );
}
