// Oneself: the name, whether one is available, the theme, and the way out.
import { type FloatingPosition, Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { IconKeyboard, IconLogout, IconMoon, IconSettings, IconSun } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useMe } from "@/realtime/react";
import { Person } from "@/widgets/Person";
import { AVAILABILITIES, AvailabilityDot } from "./availability";
import classes from "./MeMenu.module.css";
import { useAct } from "./useAct";
import { useIsDark } from "./useIsDark";
import { useLeave } from "./useLeave";
import { useOverlays } from "./useOverlays";

interface MeMenuProps {
  /** The picture alone, without the name. */
  collapsed?: boolean;
  position?: FloatingPosition;
}

/** The menu behind one's own picture. */
export function MeMenu({ collapsed = false, position = "top-start" }: MeMenuProps) {
  const me = useMe();
  return (
    <Menu position={position} width={224}>
      <Menu.Target>
        <UnstyledButton className={classes.me} data-collapsed={collapsed || undefined}>
          <VisuallyHidden>You: </VisuallyHidden>
          <Person id={me.id} className={classes.person} />
          <AvailabilityDot availability={me.availability} className={classes.dot} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <AvailabilityItems />
        <Menu.Divider />
        <PlaceItems />
        <Menu.Divider />
        <SignOutItem />
      </Menu.Dropdown>
    </Menu>
  );
}

function AvailabilityItems() {
  const me = useMe();
  const act = useAct();
  return (
    <>
      <Menu.Label>I am</Menu.Label>
      {AVAILABILITIES.map(({ value, label }) => (
        <Menu.RadioItem
          key={value}
          value={value}
          checked={me.availability === value}
          closeMenuOnClick
          onChange={() => {
            if (me.availability !== value)
              void act("set_availability", { id: me.id, availability: value }, { quiet: true });
          }}
        >
          <span className={classes.choice}>
            <AvailabilityDot availability={value} />
            {label}
          </span>
        </Menu.RadioItem>
      ))}
    </>
  );
}

function PlaceItems() {
  const navigate = useNavigate();
  const isDark = useIsDark();
  const { setColorScheme } = useMantineColorScheme();
  const overlays = useOverlays();
  const Icon = isDark ? IconSun : IconMoon;
  return (
    <>
      <Menu.Item leftSection={<IconSettings size={16} stroke={1.6} />} onClick={() => navigate("/settings")}>
        Settings
      </Menu.Item>
      <Menu.Item
        leftSection={<Icon size={16} stroke={1.6} />}
        onClick={() => setColorScheme(isDark ? "light" : "dark")}
      >
        {isDark ? "Light theme" : "Dark theme"}
      </Menu.Item>
      <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={() => overlays.show("keys")}>
        Keys
      </Menu.Item>
    </>
  );
}

function SignOutItem() {
  const leave = useLeave();
  return (
    <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={leave}>
      Sign out
    </Menu.Item>
  );
}
