// The rail on the left: where one can go, the search, what is new, and at its foot the connection and oneself. 200 px with
// words, 56 px without (V2).
import { ActionIcon, Kbd, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPlus,
  IconSearch,
  type TablerIcon,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { NavLink, useLocation } from "react-router";
import { Connection } from "./Connection";
import { Mark } from "./Mark";
import { MeMenu } from "./MeMenu";
import { NewMenu } from "./NewMenu";
import { isWithin, PLACES, type Place } from "./places";
import { usePreferences } from "./preferences";
import classes from "./Rail.module.css";
import { useSession } from "./session";
import { useOverlays } from "./useOverlays";

/** The navigation rail of a desktop. */
export function Rail() {
  const collapsed = usePreferences((kept) => kept.railCollapsed);
  const { tenant } = useSession();
  const overlays = useOverlays();
  return (
    <header className={classes.rail} data-collapsed={collapsed || undefined}>
      <div className={classes.head}>
        <Mark size={24} />
        {!collapsed && <span className={classes.team}>{tenant.name}</span>}
      </div>
      <RailButton
        icon={IconSearch}
        label="Search"
        hint="/"
        collapsed={collapsed}
        onClick={() => overlays.show("palette")}
      />
      <NewMenu>
        <RailButton icon={IconPlus} label="New" collapsed={collapsed} />
      </NewMenu>
      <nav aria-label="Screens" className={classes.places}>
        {PLACES.map((place) => (
          <PlaceLink key={place.path} place={place} collapsed={collapsed} />
        ))}
      </nav>
      <div className={classes.foot}>
        <div className={classes.state}>
          <Connection compact={collapsed} />
          <Collapse collapsed={collapsed} />
        </div>
        <MeMenu collapsed={collapsed} position={collapsed ? "right-end" : "top-start"} />
      </div>
    </header>
  );
}

function Collapse({ collapsed }: { collapsed: boolean }) {
  const Icon = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const label = collapsed ? "Widen the rail" : "Narrow the rail";
  return (
    <Tooltip label={label} position="right">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        onClick={() => usePreferences.setState({ railCollapsed: !collapsed })}
      >
        <Icon size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

function PlaceLink({ place, collapsed }: { place: Place; collapsed: boolean }) {
  const { pathname } = useLocation();
  const isHere = isWithin(pathname, place);
  return (
    <Hinted label={place.label} shown={collapsed}>
      <NavLink
        to={place.path}
        className={classes.item ?? ""}
        aria-current={isHere ? "page" : undefined}
        data-here={isHere || undefined}
        aria-label={collapsed ? place.label : undefined}
      >
        <place.icon size={18} stroke={1.6} className={classes.icon} />
        {!collapsed && place.label}
      </NavLink>
    </Hinted>
  );
}

interface RailButtonProps extends React.ComponentPropsWithRef<"button"> {
  icon: TablerIcon;
  label: string;
  hint?: string;
  collapsed: boolean;
}

function RailButton({ icon: Icon, label, hint, collapsed, ...button }: RailButtonProps) {
  return (
    <Hinted label={label} shown={collapsed && button["aria-haspopup"] === undefined}>
      <UnstyledButton {...button} className={classes.item} aria-label={collapsed ? label : undefined}>
        <Icon size={18} stroke={1.6} className={classes.icon} />
        {!collapsed && label}
        {!collapsed && hint !== undefined && (
          <Kbd size="xs" className={classes.hint ?? ""}>
            {hint}
          </Kbd>
        )}
      </UnstyledButton>
    </Hinted>
  );
}

function Hinted({ label, shown, children }: { label: string; shown: boolean; children: ReactNode }) {
  return (
    <Tooltip label={label} position="right" disabled={!shown} openDelay={100}>
      {children}
    </Tooltip>
  );
}
