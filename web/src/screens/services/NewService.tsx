// Taking a device in at the counter (S3). What is written is kept for this tab until it is sent, so closing loses nothing;
// after saving, the slip.

import { Alert, Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { part } from "@/app/part";
import { useNarrow } from "@/app/useNarrow";
import { useExplain, useMe } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { FormFoot } from "@/widgets/FormFoot";
import { numberOf } from "@/widgets/RecordNumber";
import { IntakeFields } from "./intake/IntakeFields";
import { missing } from "./intake/intake";
import styles from "./intake/NewService.module.css";
import { TakenIn } from "./intake/TakenIn";
import { type IntakeBeginning, useIntake } from "./intake/useIntake";
import { useTakeIn } from "./intake/useTakeIn";
import { whyNoPrices } from "./serviceFields";

const SlipPreview = part(() => import("./slip/SlipPreview"));

interface NewServiceProps extends IntakeBeginning {
  onClose: () => void;
}

/** The intake form. */
export default function NewService({ onClose, ...beginning }: NewServiceProps) {
  const { reworkOf } = beginning;
  const narrow = useNarrow();
  const [taken, setTaken] = useState<string | null>(null);
  // Whose it was, or what was refused, is said of the first one alone.
  const [first, setFirst] = useState(true);
  const take = (id: string) => {
    setTaken(id);
    setFirst(false);
  };
  const [printed, setPrinted] = useState<Service | null>(null);
  if (printed !== null) {
    return <SlipPreview service={printed} onClose={onClose} />;
  }
  const title = reworkOf ? `Rework of ${numberOf("services", reworkOf)}` : "New repair";
  return (
    <Dialog
      onClose={onClose}
      title={taken === null ? title : "Taken in"}
      size={taken === null ? 720 : 480}
      fullScreen={narrow}
      yOffset="5vh"
    >
      {taken === null ? (
        <IntakeForm beginning={first ? beginning : AFRESH} onTaken={take} onCancel={onClose} />
      ) : (
        <TakenIn id={taken} onPrint={setPrinted} onAnother={() => setTaken(null)} onClose={onClose} />
      )}
    </Dialog>
  );
}

const AFRESH: IntakeBeginning = {};

interface IntakeFormProps {
  beginning: IntakeBeginning;
  onTaken: (id: string) => void;
  onCancel: () => void;
}

function IntakeForm({ beginning, onTaken, onCancel }: IntakeFormProps) {
  const form = useIntake(beginning);
  const narrow = useNarrow();
  const element = useRef<HTMLFormElement>(null);
  const { takeIn, busy, faults, setFaults } = useTakeIn(whyNoPrices(useMe()) === null, beginning.mend);
  const [asked, setAsked] = useState(false);
  const gaps = missing(form.intake);
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    setAsked(true);
    if (Object.keys(gaps).length > 0) {
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const id = await takeIn(form.intake);
    if (id === null) return;
    form.reset();
    onTaken(id);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
  const changed = (fields: readonly string[]) =>
    setFaults((now) => ({
      ...now,
      fields: Object.fromEntries(Object.entries(now.fields).filter(([field]) => !fields.includes(field))),
    }));
  return (
    <form ref={element} onSubmit={submit} onKeyDown={keys} noValidate className={styles.form}>
      <NotAllowed />
      <IntakeFields form={form} faults={{ ...(asked ? gaps : {}), ...faults.fields }} onChanged={changed} />
      {faults.sentence !== null && (
        <Alert color="red" icon={<IconAlertTriangle size={18} stroke={1.75} />} p="xs" role="alert">
          {faults.sentence}
        </Alert>
      )}
      <FormFoot
        aside={
          !narrow && (
            <span className={styles.hint}>
              Ctrl+Enter saves ·{" "}
              {beginning.mend ? "Esc closes; it stays among what was not done" : "Esc closes and keeps the draft"}
            </span>
          )
        }
      >
        {form.isWritten && (
          <Button variant="subtle" color="gray" onClick={form.reset}>
            Start over
          </Button>
        )}
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={busy}>
          Take it in
        </Button>
      </FormFoot>
    </form>
  );
}

/** Says so before somebody types in vain. */
function NotAllowed() {
  const { allowed, why } = useExplain("services");
  return allowed("create_service") ? null : <p className={styles.quiet}>{why("create_service")}</p>;
}
