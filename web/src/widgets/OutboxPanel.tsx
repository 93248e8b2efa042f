// The changes that are on their way (WEB L4): what waits for the connection, what was refused and may be mended or
// dropped, and what lay so long that a person is asked first.
import { Button } from "@mantine/core";
import { IconCircleCheck, IconClockPause, IconHistory, IconSend, IconX } from "@tabler/icons-react";
import type { Entry } from "@/realtime";
import { useClient, useOutbox } from "@/realtime/react";
import { Age } from "./Age";
import { EmptyState } from "./EmptyState";
import { entryName } from "./entryName";
import classes from "./OutboxPanel.module.css";

const STATES: Record<Entry["state"], { word: string; icon: typeof IconX }> = {
  sending: { word: "Being sent", icon: IconSend },
  waiting: { word: "Waiting for the connection", icon: IconClockPause },
  refused: { word: "Not done", icon: IconX },
  old: { word: "From long ago. Send it still?", icon: IconHistory },
};

export interface OutboxPanelProps {
  /** How a refused command is put right; null where there is no place for that, and then there is no Mend. */
  mendOf?: (entry: Entry) => (() => void) | null;
}

/** The outbox in words. */
export function OutboxPanel({ mendOf }: OutboxPanelProps) {
  const entries = useOutbox();
  if (entries.length === 0)
    return (
      <EmptyState
        icon={<IconCircleCheck size={20} stroke={1.75} />}
        title="Everything has been sent"
        text="What you do while offline is kept here and sent when you are back."
      />
    );
  return (
    <ul className={classes.list}>
      {entries.map((entry) => (
        <OutboxEntry
          key={entry.op_id}
          entry={entry}
          mend={entry.state === "refused" ? (mendOf?.(entry) ?? null) : null}
        />
      ))}
    </ul>
  );
}

function OutboxEntry({ entry, mend }: { entry: Entry; mend: (() => void) | null }) {
  const { outbox, records } = useClient();
  const { state, op_id, refusal } = entry;
  const { word, icon: Icon } = STATES[state];
  const name = entryName(entry, records.getState());
  return (
    <li className={classes.entry} data-state={state}>
      <Icon size={16} stroke={1.75} className={classes.icon} aria-hidden="true" />
      <div className={classes.said}>
        <p className={classes.name} dir="auto">
          {name}
        </p>
        <p className={classes.state}>
          {word} · <Age at={new Date(entry.at).toISOString()} ago />
        </p>
        {refusal ? <p className={classes.why}>{refusal.message}</p> : null}
      </div>
      <div className={classes.actions}>
        {mend ? (
          <Button size="compact-xs" variant="default" onClick={mend}>
            Mend
          </Button>
        ) : null}
        {state === "refused" ? (
          <Button size="compact-xs" variant="default" onClick={() => outbox.retry(op_id)}>
            Try again
          </Button>
        ) : null}
        {state === "old" ? (
          <Button size="compact-xs" variant="default" onClick={() => outbox.sendOld(op_id)}>
            Send
          </Button>
        ) : null}
        {state === "sending" ? null : (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => outbox.drop(op_id)}>
            Drop
          </Button>
        )}
      </div>
    </li>
  );
}
