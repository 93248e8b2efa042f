// Somebody else's change of a field that is being edited, offered beside it (L5): nothing typed is ever overwritten.
import { Button } from "@mantine/core";
import { IconGitMerge } from "@tabler/icons-react";
import { usePerson } from "@/realtime/react";
import classes from "./FieldOffer.module.css";

interface FieldOfferProps {
  /** The field in the words of the trade, small: "priority". */
  label: string;
  offer: { theirs: unknown; by: string | null };
  /** The value in words; null is "nothing". */
  say: (value: unknown) => string;
  onKeep: () => void;
  onTake: () => void;
}

/** "Ana set priority to high": keep yours, or take hers. */
export function FieldOffer({ label, offer, say, onKeep, onTake }: FieldOfferProps) {
  const { name } = usePerson(offer.by);
  const who = name || "Somebody";
  const empty = offer.theirs === null || offer.theirs === "";
  return (
    <div className={classes.offer} role="alert">
      <IconGitMerge size={16} stroke={1.75} aria-hidden className={classes.icon} />
      <span className={classes.words}>
        <bdi>{who}</bdi> {empty ? `cleared the ${label}` : `set the ${label} to `}
        {!empty && (
          <bdi dir="auto" className={classes.value}>
            {say(offer.theirs)}
          </bdi>
        )}
      </span>
      <span className={classes.choice}>
        <Button size="compact-xs" variant="default" onClick={onKeep} onMouseDown={stayInField}>
          Keep yours
        </Button>
        <Button size="compact-xs" variant="default" onClick={onTake} onMouseDown={stayInField}>
          Take theirs
        </Button>
      </span>
    </div>
  );
}

/** Choosing by the pointer must not first leave the field: leaving it may settle what is asked here. */
const stayInField = (event: React.MouseEvent) => event.preventDefault();
