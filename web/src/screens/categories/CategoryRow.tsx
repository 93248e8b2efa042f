// One category in its list: handle, colour and sign, name, how often it is used, and what can be done with it.
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconDots, IconGripVertical, IconPencil, IconTrash } from "@tabler/icons-react";
import { useAct } from "@/app/useAct";
import { useExplain } from "@/realtime/react";
import { Glow } from "@/widgets/Glow";
import { countedKind } from "../lists/counted";
import classes from "./CategoryList.module.css";
import { type AnyCategory, KINDS, type Kind } from "./kinds";
import { Swatch } from "./Swatch";

interface CategoryRowProps {
  kind: Kind;
  category: AnyCategory;
  used: number;
  movable: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

/** The row. */
export function CategoryRow({ kind, category, used, movable, onEdit, onDelete }: CategoryRowProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: category.id,
    disabled: !movable,
  });
  const style = { transform: CSS.Translate.toString(transform), transition };
  return (
    <li ref={setNodeRef} className={classes.row} style={style} data-dragging={isDragging || undefined}>
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={classes.handle}
        {...attributes}
        {...listeners}
        aria-label={`Move ${category.name}`}
      >
        <IconGripVertical size={16} stroke={1.75} aria-hidden />
      </button>
      <Swatch colour={category.colour} icon={category.icon} />
      <Glow plural={kind} id={category.id} className={classes.words}>
        <UnstyledButton className={classes.name} onClick={onEdit}>
          <bdi>{category.name}</bdi>
        </UnstyledButton>
        {category.description && (
          <div className={classes.description}>
            <bdi>{category.description}</bdi>
          </div>
        )}
      </Glow>
      <span className={classes.used}>{used === 0 ? "Not used" : countedKind(KINDS[kind].uses, used)}</span>
      <RowMenu kind={kind} category={category} onEdit={onEdit} onDelete={onDelete} />
    </li>
  );
}

function RowMenu({ kind, category, onEdit, onDelete }: Omit<CategoryRowProps, "used" | "movable">) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`What to do with ${category.name}`}>
          <IconDots size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <RowActions kind={kind} category={category} onEdit={onEdit} onDelete={onDelete} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Asked about only while the menu is open. */
function RowActions({ kind, category, onEdit, onDelete }: Omit<CategoryRowProps, "used" | "movable">) {
  const act = useAct();
  const { why } = useExplain(kind, category.id);
  const { update, remove } = KINDS[kind];
  const Archive = category.archived ? IconArchiveOff : IconArchive;
  const archive = () =>
    act(
      update,
      { id: category.id, archived: !category.archived },
      { said: `${category.name} is ${category.archived ? "offered again" : "archived"}.` },
    );
  const reason = why(update);
  return (
    <>
      <Menu.Item
        leftSection={<IconPencil size={16} stroke={1.75} aria-hidden />}
        onClick={onEdit}
        disabled={reason !== null}
      >
        Edit
      </Menu.Item>
      <Menu.Item
        leftSection={<Archive size={16} stroke={1.75} aria-hidden />}
        onClick={archive}
        disabled={reason !== null}
      >
        {category.archived ? "Offer again" : "Archive"}
      </Menu.Item>
      <Menu.Item
        color="red"
        leftSection={<IconTrash size={16} stroke={1.75} aria-hidden />}
        onClick={onDelete}
        disabled={reason !== null && why(remove) !== null}
      >
        Delete
      </Menu.Item>
      {reason !== null && <Menu.Label maw={240}>{reason}</Menu.Label>}
    </>
  );
}
