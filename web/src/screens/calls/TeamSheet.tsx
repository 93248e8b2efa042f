// The team where the board has no room for its rail: a sheet from the side, behind a button (V2).
import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useFocusReturn } from "@/widgets/useFocusReturn";

interface TeamSheetProps {
  onClose: () => void;
  children: ReactNode;
}

/** The sheet. */
export default function TeamSheet({ onClose, children }: TeamSheetProps) {
  useFocusReturn();
  return (
    <Drawer opened onClose={onClose} position="right" size="xs" title="Team">
      {children}
    </Drawer>
  );
}
