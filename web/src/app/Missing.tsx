// An address that leads nowhere: says so, in the frame of the board.
import { IconMapQuestion } from "@tabler/icons-react";
import { EmptyState } from "@/widgets/EmptyState";
import classes from "./Broken.module.css";

/** What stands at an address without a screen. */
export function Missing() {
  return (
    <div className={classes.place}>
      <EmptyState
        icon={<IconMapQuestion size={24} stroke={1.5} />}
        title="There is nothing at this address"
        text="Choose a screen from the navigation, or search with /."
      />
    </div>
  );
}
