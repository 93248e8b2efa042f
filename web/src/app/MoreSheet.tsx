// The sheet behind More on a phone.
import { Drawer, UnstyledButton } from "@mantine/core";
import { IconPhonePlus, IconTool, type TablerIcon } from "@tabler/icons-react";
import { Link } from "react-router";
import { useFocusReturn } from "@/widgets/useFocusReturn";
import classes from "./MoreSheet.module.css";
import { PLACES } from "./places";
import { useNewRecord } from "./useNewRecord";

const REST = PLACES.slice(2);

/** What has no place in the bar: intake, and the other screens. */
export default function MoreSheet({ onClose }: { onClose: () => void }) {
  useFocusReturn();
  const { open } = useNewRecord();
  const take = (kind: "call" | "service") => () => {
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
        <SheetButton icon={IconPhonePlus} label="New call" onClick={take("call")} />
        <SheetButton icon={IconTool} label="New repair" onClick={take("service")} />
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

function SheetButton({ icon: Icon, label, onClick }: { icon: TablerIcon; label: string; onClick: () => void }) {
  return (
    <UnstyledButton className={classes.choice} onClick={onClick}>
      <Icon size={18} stroke={1.6} />
      {label}
    </UnstyledButton>
  );
}
