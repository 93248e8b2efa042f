// What can be taken in from anywhere: a call or a repair.
import { Kbd, Menu } from "@mantine/core";
import { IconPhonePlus, IconTool } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useNewRecord } from "./useNewRecord";

/** Opens under `children`, a button. */
export function NewMenu({ children }: { children: ReactElement }) {
  const { open } = useNewRecord();
  return (
    <Menu position="right-start" width={200} withinPortal>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPhonePlus size={16} stroke={1.6} />}
          rightSection={<Kbd size="xs">C</Kbd>}
          onClick={() => open("call")}
        >
          New call
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTool size={16} stroke={1.6} />}
          rightSection={<Kbd size="xs">N</Kbd>}
          onClick={() => open("service")}
        >
          New repair
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
