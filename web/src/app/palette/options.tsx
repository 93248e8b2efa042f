// The rows of the palette: what each says of the record, the screen or the step it stands for.
import { Combobox } from "@mantine/core";
import { IconAddressBook, IconHeadset, IconTool, IconUser } from "@tabler/icons-react";
import { RecordNumber } from "@/widgets/RecordNumber";
import { StatusBadge } from "@/widgets/StatusBadge";
import { Keys } from "../Keys";
import classes from "./Palette.module.css";
import type { PaletteCommand } from "./paletteCommands";
import type { Hit } from "./recordSearch";

const ICONS = { calls: IconHeadset, services: IconTool, customers: IconAddressBook, users: IconUser };

/** A record that was found. */
export function HitOption({ hit }: { hit: Hit }) {
  const { plural, id, title, subtitle, status } = hit;
  const Icon = ICONS[plural];
  const isWork = plural === "calls" || plural === "services";
  return (
    <Combobox.Option value={id} className={classes.option ?? ""}>
      <Icon size={16} stroke={1.6} className={classes.icon} aria-hidden="true" />
      {isWork && <RecordNumber plural={plural} record={hit} className={classes.number} />}
      <span className={classes.title} dir="auto">
        {title}
      </span>
      <span className={classes.subtitle} dir="auto">
        {subtitle}
      </span>
      {isWork && status !== undefined && <StatusBadge plural={plural} status={status} />}
    </Combobox.Option>
  );
}

/** Something to do. */
export function CommandOption({ command }: { command: PaletteCommand }) {
  const { label, icon: Icon, hint } = command;
  return (
    <Combobox.Option value={label} className={classes.option ?? ""}>
      <Icon size={16} stroke={1.6} className={classes.icon} aria-hidden="true" />
      <span className={classes.title}>{label}</span>
      {hint !== undefined && (
        <span className={classes.hint}>
          <Keys of={hint} />
        </span>
      )}
    </Combobox.Option>
  );
}
