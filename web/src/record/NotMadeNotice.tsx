// In the drawer of a record that I made while offline and that the server then refused (L4): nobody deleted it, it never
// came to be; its form is one press away.
import { Button } from "@mantine/core";
import { IconSendOff } from "@tabler/icons-react";
import { useMending } from "@/app/useMending";
import { useOutbox } from "@/realtime/react";
import classes from "./RefusedHere.module.css";

/** "This call was not saved", why, and the way to mend it. */
export function NotMadeNotice({ id, noun }: { id: string; noun: string }) {
  const entry = useOutbox().find(
    ({ command, payload, state }) => state === "refused" && command.startsWith("create_") && payload.id === id,
  );
  const mending = useMending();
  const mend = entry ? mending(entry) : null;
  return (
    <div className={classes.refused} role="alert">
      <IconSendOff size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <strong>This {noun} was not saved.</strong>
        <p className={classes.why}>{entry?.refusal?.message ?? "You can still copy what is written here."}</p>
        {mend && (
          <div className={classes.choice}>
            <Button size="compact-xs" variant="default" onClick={mend}>
              Mend
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
