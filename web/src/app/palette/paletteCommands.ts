// What can be said in the palette instead of looking for the button (U2).
import { useMantineColorScheme } from "@mantine/core";
import {
  IconCircle,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSend,
  IconSun,
  type TablerIcon,
} from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useMe } from "@/realtime/react";
import { fold } from "@/widgets/matching";
import { AVAILABILITIES } from "../availability";
import { CALL, INTAKES, type Intake, REPAIR, useBarred } from "../intake";
import { PLACES } from "../places";
import { useAct } from "../useAct";
import { useIsDark } from "../useIsDark";
import { useLeave } from "../useLeave";
import { useNewRecord } from "../useNewRecord";
import { useOverlays } from "../useOverlays";

export interface PaletteCommand {
  label: string;
  /** Other words under which it is found. */
  also?: string;
  icon: TablerIcon;
  /** The key that does the same. */
  hint?: string;
  run: () => void;
}

/** All of them, those one wants most first. */
export function usePaletteCommands(): readonly PaletteCommand[] {
  const { open } = useNewRecord();
  const { show } = useOverlays();
  const navigate = useNavigate();
  const places = PLACES.map(({ label, icon, path, letter }) => ({
    label: `Go to ${label}`,
    icon,
    hint: `g ${letter}`,
    run: () => void navigate(path),
  }));
  return [
    ...useIntakes().map(({ label, icon, kind, shortcut }) => ({
      label,
      also: kind === "call" ? "create add" : "create add service carry-in",
      icon,
      hint: shortcut.toLowerCase(),
      run: () => open(kind),
    })),
    ...places,
    ...useMine(),
    { label: "Show the keys", also: "shortcuts keyboard help", icon: IconKeyboard, hint: "?", run: () => show("keys") },
    { label: "Show what is waiting to be sent", also: "outbox offline", icon: IconSend, run: () => show("outbox") },
  ];
}

/** What I may take in. */
function useIntakes(): readonly Intake[] {
  const isCallBarred = useBarred(CALL) !== null;
  const isRepairBarred = useBarred(REPAIR) !== null;
  return INTAKES.filter((intake) => !(intake === CALL ? isCallBarred : isRepairBarred));
}

/** What is about oneself. */
function useMine(): readonly PaletteCommand[] {
  const me = useMe();
  const act = useAct();
  const isDark = useIsDark();
  const { setColorScheme } = useMantineColorScheme();
  const leave = useLeave();
  const theme = isDark ? ("light" as const) : ("dark" as const);
  const choices = AVAILABILITIES.filter(({ value }) => value !== me.availability);
  return [
    ...choices.map(({ value, label }) => ({
      label: `I am ${label.toLowerCase()}`,
      also: "availability status",
      icon: IconCircle,
      run: () =>
        void act("set_availability", { id: me.id, availability: value }, { said: `You are ${label.toLowerCase()}.` }),
    })),
    {
      label: `Use the ${theme} theme`,
      also: "colour mode",
      icon: isDark ? IconSun : IconMoon,
      run: () => setColorScheme(theme),
    },
    { label: "Sign out", also: "log out leave", icon: IconLogout, run: leave },
  ];
}

/** Those that fit what is typed. */
export function commandsFor(commands: readonly PaletteCommand[], query: string): readonly PaletteCommand[] {
  const words = fold(query.replace(/^>/, "")).split(/\s+/);
  return commands.filter(({ label, also = "" }) => {
    const text = fold(`${label} ${also}`);
    return words.every((word) => text.includes(word));
  });
}
