// What can be taken in from anywhere: a call or a repair. What I may not take in says why.
import { Kbd, Menu } from "@mantine/core";
import type { ReactElement } from "react";
import { INTAKES, type Intake, useBarred } from "./intake";
import classes from "./NewMenu.module.css";
import { useNewRecord } from "./useNewRecord";

/** Opens under `children`, a button. */
export function NewMenu({ children }: { children: ReactElement }) {
  return (
    <Menu position="right-start" width={200} withinPortal>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {INTAKES.map((intake) => (
          <IntakeItem key={intake.kind} intake={intake} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function IntakeItem({ intake }: { intake: Intake }) {
  const { open } = useNewRecord();
  const barred = useBarred(intake);
  const may = barred === null;
  return (
    <Menu.Item
      leftSection={<intake.icon size={16} stroke={1.6} />}
      rightSection={may && <Kbd size="xs">{intake.shortcut}</Kbd>}
      closeMenuOnClick={may}
      {...(!may && { "aria-disabled": true, "data-disabled": true })}
      onClick={() => may && open(intake.kind)}
    >
      {intake.label}
      {barred && <span className={classes.why}>{barred}</span>}
    </Menu.Item>
  );
}
