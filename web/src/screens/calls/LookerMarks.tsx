// Who has this call before him just now (S2, V3): faces beside an eye, or a pencil where somebody is editing. Nobody
// looking draws nothing at all.
import { IconEye, IconPencil } from "@tabler/icons-react";
import { Person } from "@/widgets/Person";
import classes from "./LookerMarks.module.css";
import { type Looker, lookersSentence } from "./whoIsLooking";

const FACES = 2;

/** The faces of those who look. */
export function LookerMarks({ lookers }: { lookers: readonly Looker[] }) {
  if (lookers.length === 0) return null;
  const Icon = lookers.some((one) => one.editing) ? IconPencil : IconEye;
  const more = lookers.length - FACES;
  return (
    <span className={classes.lookers} role="img" aria-label={lookersSentence(lookers)} title={lookersSentence(lookers)}>
      <Icon size={14} stroke={1.75} aria-hidden />
      {lookers.slice(0, FACES).map((one) => (
        <Person key={one.id} id={one.id} size="xs" name={false} />
      ))}
      {more > 0 && <span className={classes.more}>+{more}</span>}
    </span>
  );
}
