// The bar below the screen on a phone: the two boards, the search, and a sheet with the rest (V2).
import { UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconSearch, type TablerIcon } from "@tabler/icons-react";
import { Link, useLocation } from "react-router";
import classes from "./BottomBar.module.css";
import { part } from "./part";
import { isWithin, PLACES, type Place } from "./places";
import { useOverlays } from "./useOverlays";

const FIRST = PLACES.slice(0, 2);
const REST = PLACES.slice(2);
const MoreSheet = part(() => import("./MoreSheet"));

/** The navigation of a phone. */
export function BottomBar() {
  const [isOpen, more] = useDisclosure(false);
  const overlays = useOverlays();
  const { pathname } = useLocation();
  const isElsewhere = REST.some((place) => isWithin(pathname, place));
  return (
    <nav aria-label="Screens" className={classes.bar}>
      {FIRST.map((place) => (
        <BarLink key={place.path} place={place} />
      ))}
      <BarButton icon={IconSearch} label="Search" onClick={() => overlays.show("palette")} />
      <BarButton icon={IconDots} label="More" onClick={more.open} isHere={isElsewhere} aria-haspopup="dialog" />
      {isOpen && <MoreSheet onClose={more.close} />}
    </nav>
  );
}

function BarLink({ place }: { place: Place }) {
  const { pathname } = useLocation();
  const isHere = isWithin(pathname, place);
  return (
    <Link
      to={place.path}
      className={classes.item}
      aria-current={isHere ? "page" : undefined}
      data-here={isHere || undefined}
    >
      <place.icon size={20} stroke={1.6} />
      {place.label}
    </Link>
  );
}

interface BarButtonProps extends React.ComponentPropsWithRef<"button"> {
  icon: TablerIcon;
  label: string;
  isHere?: boolean;
}

function BarButton({ icon: Icon, label, isHere = false, ...button }: BarButtonProps) {
  return (
    <UnstyledButton {...button} className={classes.item} data-here={isHere || undefined}>
      <Icon size={20} stroke={1.6} />
      {label}
    </UnstyledButton>
  );
}
