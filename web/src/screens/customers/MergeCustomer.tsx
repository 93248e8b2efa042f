// Two entries that are the same person: the one stays, the other's calls, repairs and notes move to it, and of what they
// say differently a person chooses (S4). What moves is counted live.

import { ActionIcon, Alert, Button, Checkbox, Group, Stack, Text, Tooltip } from "@mantine/core";
import { IconArrowRight, IconArrowsExchange } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useAct } from "@/app/useAct";
import { useRecord, useRecords } from "@/realtime/react";
import type { Customer } from "@/realtime/schema";
import { CustomerSelect } from "@/widgets/CustomerSelect";
import { Dialog } from "@/widgets/Dialog";
import { fieldWord } from "@/widgets/words";
import { countedKinds } from "../lists/counted";
import { type Belongings, belongingsOf } from "./history";
import classes from "./MergeCustomer.module.css";
import { type Difference, differences, type MergedField, takenOver } from "./merge";

interface MergeCustomerProps {
  customer: Customer;
  onClose: () => void;
  onMerged: (into: Customer) => void;
}

/** The dialog: whom with, which way round, and what to take over. */
export function MergeCustomer({ customer, onClose, onMerged }: MergeCustomerProps) {
  const [otherId, setOtherId] = useState<string | null>(null);
  const [swapped, setSwapped] = useState(false);
  const other = useRecord("customers", otherId);
  const [goes, stays] = swapped ? [other, customer] : [customer, other];
  return (
    <Dialog onClose={onClose} size="lg" title="Merge two customers">
      <Stack gap="md">
        <CustomerSelect
          label={`Who is the same as ${customer.name}?`}
          data-autofocus
          value={otherId}
          onChange={setOtherId}
          except={customer.id}
        />
        {goes && stays ? (
          <Choice
            key={`${goes.id} ${stays.id}`}
            goes={goes}
            stays={stays}
            onSwap={() => setSwapped(!swapped)}
            onClose={onClose}
            onMerged={onMerged}
          />
        ) : (
          <Text size="sm" c="dimmed">
            All calls, repairs and notes come together under one of the two; the other is deleted.
          </Text>
        )}
      </Stack>
    </Dialog>
  );
}

interface ChoiceProps {
  goes: Customer;
  stays: Customer;
  onSwap: () => void;
  onClose: () => void;
  onMerged: (into: Customer) => void;
}

function Choice({ goes, stays, onSwap, onClose, onMerged }: ChoiceProps) {
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const open = differences(goes, stays);
  const [turned, setTurned] = useState<ReadonlySet<MergedField>>(new Set());
  const chosen = new Set(open.filter(({ field, usual }) => usual !== turned.has(field)).map(({ field }) => field));
  const turn = (field: MergedField) =>
    setTurned((now) => new Set(now.has(field) ? [...now].filter((one) => one !== field) : [...now, field]));
  const merge = async () => {
    setBusy(true);
    const change = takenOver(goes, stays, chosen);
    const taken = change === null || (await act("update_customer", change, { quiet: true })) !== null;
    const outcome =
      taken &&
      (await act(
        "merge_customer",
        { id: goes.id, into: stays.id },
        { said: `${goes.name} and ${stays.name} are one.` },
      ));
    setBusy(false);
    if (!outcome) return;
    onClose();
    onMerged(stays);
  };
  return (
    <>
      <div className={classes.pair}>
        <Side customer={goes} word="Goes" />
        <div className={classes.between}>
          <IconArrowRight size={18} stroke={1.75} aria-hidden />
          <Tooltip label="The other way round">
            <ActionIcon variant="default" aria-label="The other way round" onClick={onSwap}>
              <IconArrowsExchange size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
        <Side customer={stays} word="Stays" />
      </div>
      <Moves goes={goes} stays={stays} />
      {open.length > 0 && <Differences open={open} chosen={chosen} onTurn={turn} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={busy} onClick={merge}>
          Merge
        </Button>
      </Group>
    </>
  );
}

function useBelongings(customer: Customer): Belongings {
  const calls = useRecords("calls");
  const services = useRecords("services");
  const notes = useRecords("notes");
  return useMemo(() => belongingsOf(customer.id, calls, services, notes), [customer.id, calls, services, notes]);
}

const inWords = ({ calls, services, notes }: Belongings): string =>
  countedKinds([
    ["calls", calls],
    ["services", services],
    ["notes", notes],
  ]) || "nothing";

function Side({ customer, word }: { customer: Customer; word: string }) {
  const belongings = useBelongings(customer);
  return (
    <div className={classes.side} data-side={word}>
      <div className={classes.word}>{word}</div>
      <div className={classes.name}>
        <bdi>{customer.name}</bdi>
      </div>
      <div className={classes.reach}>
        {[customer.phone, customer.email].filter(Boolean).join(" · ") || "No phone, no email"}
      </div>
      <div className={classes.reach}>Has {inWords(belongings)}</div>
    </div>
  );
}

function Moves({ goes, stays }: { goes: Customer; stays: Customer }) {
  const moving = inWords(useBelongings(goes));
  return (
    <Alert variant="default">
      {moving === "nothing" ? (
        <>
          Nothing moves; <bdi>{goes.name}</bdi> is deleted.
        </>
      ) : (
        <>
          <strong>{moving}</strong> move to <bdi>{stays.name}</bdi>, and <bdi>{goes.name}</bdi> is deleted.
        </>
      )}
    </Alert>
  );
}

interface DifferencesProps {
  open: readonly Difference[];
  chosen: ReadonlySet<MergedField>;
  onTurn: (field: MergedField) => void;
}

function Differences({ open, chosen, onTurn }: DifferencesProps) {
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.legend}>Take over from the one that goes</legend>
      {open.map(({ field, goes, stays }) => (
        <Checkbox
          key={field}
          checked={chosen.has(field)}
          onChange={() => onTurn(field)}
          label={
            <span dir="auto">
              {capital(fieldWord("customers", field))}: {goes}
            </span>
          }
          description={stays === "" ? undefined : field === "tags" ? `added to ${stays}` : `in place of ${stays}`}
        />
      ))}
    </fieldset>
  );
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
