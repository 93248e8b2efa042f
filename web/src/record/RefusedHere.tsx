// What I did to this record while offline and what was then refused (L4), on top of its drawer: what it was, why it was not
// done, what it would have set; to be set again, now that one sees how the record stands, or dropped.
import { Button } from "@mantine/core";
import { IconSendOff } from "@tabler/icons-react";
import { recordOf } from "@/app/mending";
import type { Entry, Plural } from "@/realtime";
import { useClient, useOutbox } from "@/realtime/react";
import { Age } from "@/widgets/Age";
import { entryName } from "@/widgets/entryName";
import { useNames } from "@/widgets/useNames";
import { fieldWord, kindOfCommand, type Names, valueWords, verbOf } from "@/widgets/words";
import classes from "./RefusedHere.module.css";

interface RefusedHereProps {
  plural: Plural;
  id: string;
}

/** One notice for each refused command about this record; nothing where there is none. */
export function RefusedHere({ plural, id }: RefusedHereProps) {
  const { records } = useClient();
  const entries = useOutbox();
  const names = useNames();
  const mine = entries.filter((entry) => {
    if (entry.state !== "refused" || isCreation(entry, id)) return false;
    const about = recordOf(entry, records.getState());
    return about?.plural === plural && about.id === id;
  });
  return mine.map((entry) => <RefusedCommand key={entry.op_id} entry={entry} names={names} />);
}

/** One that would have made this very record has its form: the record is not there. */
const isCreation = ({ command, payload }: Entry, id: string) => command.startsWith("create_") && payload.id === id;

function RefusedCommand({ entry, names }: { entry: Entry; names: Names }) {
  const { outbox, records } = useClient();
  const values = refusedValues(entry, names);
  const isChange = verbOf(entry.command) === "update";
  return (
    <div className={classes.refused} role="alert">
      <IconSendOff size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <strong>Not done: {entryName(entry, records.getState())}</strong>{" "}
        <Age at={new Date(entry.at).toISOString()} ago className={classes.quiet ?? ""} />
        <p className={classes.why}>{entry.refusal?.message}</p>
        {values.length > 0 && (
          <dl className={classes.values}>
            {values.map(({ field, value }) => (
              <div key={field}>
                <dt>{field}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <div className={classes.choice}>
          <Button size="compact-xs" variant="default" onClick={() => outbox.retry(entry.op_id, anew(entry.payload))}>
            {isChange ? "Set again" : "Try again"}
          </Button>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => outbox.drop(entry.op_id)}>
            Drop
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Whoever sets it again has seen how the record stands now: the version that he saw before no longer counts. */
function anew({ expected_version: _, ...payload }: Entry["payload"]): Entry["payload"] {
  return payload;
}

const NO_VALUES = new Set(["id", "expected_version", "op_id", "resource", "record_id"]);

/** What the command would have set, in words. */
export function refusedValues(
  { command, payload }: Pick<Entry, "command" | "payload">,
  names: Names,
): { field: string; value: string }[] {
  const plural = kindOfCommand(command) ?? "users";
  return Object.entries(payload)
    .filter(([field]) => !NO_VALUES.has(field))
    .map(([field, value]) => {
      const word = fieldWord(plural, field);
      return { field: word.charAt(0).toUpperCase() + word.slice(1), value: valueWords(plural, field, value, names) };
    });
}
