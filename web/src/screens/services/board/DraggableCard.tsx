// A card that can be picked up with the mouse. Fingers scroll and the keyboard has the menu, so neither drags.
import { useDraggable } from "@dnd-kit/core";
import styles from "./DraggableCard.module.css";
import { ServiceCard, type ServiceCardProps } from "./ServiceCard";

/** A card under the mouse's hands. */
export function DraggableCard(props: ServiceCardProps) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: props.service.id });
  return (
    <div ref={setNodeRef} className={styles.drag} data-dragging={isDragging || undefined} {...listeners}>
      <ServiceCard {...props} />
    </div>
  );
}
