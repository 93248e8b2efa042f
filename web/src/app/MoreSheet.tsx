// The sheet behind More on a phone.
import { Drawer, UnstyledButton } from "@mantine/core";
import { Link } from "react-router";
import { useFocusReturn } from "@/widgets/useFocusReturn";
import { INTAKES, type Intake, useBarred } from "./intake";
import classes from "./MoreSheet.module.css";
import { PLACES } from "./places";
import { useNewRecord } from "./useNewRecord";

const REST = PLACES.slice(2);

/** What has no place in the bar: intake, and the other screens. */
export default function MoreSheet({ onClose }: { onClose: () => void }) {
  useFocusReturn();
  const { open } = useNewRecord();
  const take = (kind: Intake["kind"]) => () => {
    onClose();
    open(kind);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      title="More"
      classNames={{ content: classes.drawer ?? "" }}
    >
      <div className={classes.sheet}>
        {INTAKES.map((intake) => (
          <IntakeButton key={intake.kind} intake={intake} onTake={take(intake.kind)} />
        ))}
        <hr className={classes.line} />
        {REST.map((place) => (
          <Link key={place.path} to={place.path} className={classes.choice} onClick={onClose}>
            <place.icon size={18} stroke={1.6} />
            {place.label}
          </Link>
        ))}
      </div>
    </Drawer>
  );
}

function IntakeButton({ intake, onTake }: { intake: Intake; onTake: () => void }) {
  const barred = useBarred(intake);
  const may = barred === null;
  return (
    <UnstyledButton className={classes.choice} aria-disabled={!may} onClick={() => may && onTake()}>
      <intake.icon size={18} stroke={1.6} />
      <span>
        {intake.label}
        {barred && <span className={classes.why}>{barred}</span>}
      </span>
    </UnstyledButton>
  );
}
