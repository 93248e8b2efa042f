// A dialog over the page, open for as long as it is rendered. It takes the focus and, when it closes, gives it back (U3).
import { Modal, type ModalProps } from "@mantine/core";
import { useFocusReturn } from "./useFocusReturn";

export type DialogProps = Omit<ModalProps, "opened">;

/** A modal with the manners of the board. */
export function Dialog(props: DialogProps) {
  useFocusReturn();
  return <Modal opened closeButtonProps={{ "aria-label": "Close" }} {...props} />;
}
