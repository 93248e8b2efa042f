// One act in the journal: who did what to which record, and on asking what each field was before, and what moved along.
import { ActionIcon, Anchor } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { memo, useId, useState } from "react";
import { Link } from "react-router";
import { useStore } from "zustand";
import { useClient } from "@/realtime/react";
import type { Activity, Plural } from "@/realtime/schema";
import { fullTime } from "@/widgets/duration";
import { Person } from "@/widgets/Person";
import { fieldWord, type Names, valueWords } from "@/widgets/words";
import { countedKinds } from "../lists/counted";
import type { Bundle } from "./bundles";
import classes from "./JournalLine.module.css";
import { aboutOf, lineWords, readable } from "./lineWords";

interface JournalLineProps {
  bundle: Bundle;
  names: Names;
}

/** The line. */
export const JournalLine = memo(function JournalLine({ bundle, names }: JournalLineProps) {
  const { head, along } = bundle;
  const [open, setOpen] = useState(false);
  const details = useId();
  const more = along.length > 0 || head.changed.length > 0;
  return (
    <li className={classes.line}>
      <time className={classes.time} dateTime={head.at} title={fullTime(head.at)}>
        {clock.format(new Date(head.at))}
      </time>
      <Person id={head.actor.id} name={false} />
      <div className={classes.words}>
        <bdi className={classes.who}>{head.actor.name}</bdi> <Deed entry={head} names={names} />
        {along.length > 0 && <span className={classes.along}> and with it {alongWords(along)}</span>}
      </div>
      {more && (
        <ActionIcon
          className={classes.more}
          variant="subtle"
          color="gray"
          aria-label={open ? "Fewer details" : "Details"}
          aria-expanded={open}
          aria-controls={details}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight
            size={16}
            stroke={1.75}
            aria-hidden
            className={classes.chevron}
            data-open={open || undefined}
          />
        </ActionIcon>
      )}
      {open && <Details id={details} bundle={bundle} names={names} />}
    </li>
  );
});

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

function alongWords(along: readonly Activity[]): string {
  const count = new Map<Plural, number>();
  for (const { resource } of along) count.set(resource as Plural, (count.get(resource as Plural) ?? 0) + 1);
  return countedKinds([...count]);
}

/** The words around the link to the record. */
function Deed({ entry, names, along = false }: { entry: Activity; names: Names; along?: boolean }) {
  const { records } = useClient();
  const plural = entry.resource as Plural;
  // Only whether the record is there, and what it is called, makes another line.
  const about = useStore(records, (held) => JSON.stringify(aboutOf(plural, entry.id, held)));
  const { before, about: record, after } = lineWords(entry, names, JSON.parse(about), along);
  return (
    <>
      {before}
      {record.address === null ? (
        <bdi className={classes.gone}>{record.name}</bdi>
      ) : (
        <Anchor component={Link} to={record.address} inherit>
          <bdi>{record.name}</bdi>
        </Anchor>
      )}
      {after}
      {record.title && (
        <span className={classes.title}>
          {" "}
          <bdi>{record.title}</bdi>
        </span>
      )}
    </>
  );
}

const MOST_ALONG = 10;

function Details({ id, bundle: { head, along }, names }: JournalLineProps & { id: string }) {
  return (
    <div id={id} className={classes.details}>
      {head.changed.length > 0 && <Changes entry={head} names={names} />}
      {along.length > 0 && (
        <ul className={classes.moved}>
          {along.slice(0, MOST_ALONG).map((entry) => (
            <li key={entry.cursor}>
              <Deed entry={entry} names={names} along />
            </li>
          ))}
          {along.length > MOST_ALONG && <li>and {along.length - MOST_ALONG} more</li>}
        </ul>
      )}
    </div>
  );
}

function Changes({ entry, names }: { entry: Activity; names: Names }) {
  const say = (field: string, value: unknown) => valueWords(entry.resource as Plural, field, value, names);
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Was</th>
          <th scope="col">Is</th>
        </tr>
      </thead>
      <tbody>
        {readable(entry).map(({ field, was, now }) => (
          <tr key={field}>
            <th scope="row">{fieldWord(entry.resource as Plural, field)}</th>
            <td dir="auto">{say(field, was)}</td>
            <td dir="auto">{say(field, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
