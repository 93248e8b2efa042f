// The list of keys behind `?`, made of what is bound at this moment (U2).

import { Fragment } from "react";
import { Dialog } from "@/widgets/Dialog";
import { Keys } from "./Keys";
import classes from "./KeysHelp.module.css";
import { useShortcuts } from "./shortcuts";

/** The keys that work where one is. */
export default function KeysHelp({ onClose }: { onClose: () => void }) {
  const shortcuts = useShortcuts().toSorted((a, b) => Number(a.key.includes(" ")) - Number(b.key.includes(" ")));
  return (
    <Dialog onClose={onClose} title="Keys" size="md">
      <dl className={classes.list}>
        {shortcuts.map(({ key, description }) => (
          <Fragment key={key}>
            <dt>
              <Keys of={key} />
            </dt>
            <dd>{description}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
