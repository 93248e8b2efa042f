// One kind of category in its order: dragged by pointer, finger or keyboard, and written with as few commands as the new
// order needs. Archived ones stand folded below; they have no place of their own.
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconPlus, IconTags } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useExplain, useRecords } from "@/realtime/react";
import { ActionButton } from "@/widgets/ActionButton";
import { EmptyState } from "@/widgets/EmptyState";
import { ListSkeleton } from "@/widgets/Skeletons";
import { EditCategory, NewCategory } from "./CategoryForm";
import classes from "./CategoryList.module.css";
import { CategoryRow } from "./CategoryRow";
import { DeleteCategory } from "./DeleteCategory";
import { saidWhileDragging } from "./dragWords";
import { type AnyCategory, KINDS, type Kind } from "./kinds";
import { byPlace } from "./moves";
import { useOrder } from "./useOrder";
import { usesByCategory } from "./uses";

type Doing = { what: "add" } | { what: "edit" | "delete"; category: AnyCategory };

interface CategoryListProps {
  kind: Kind;
  loaded: boolean;
}

/** The list with its head and its dialogs. */
export function CategoryList({ kind, loaded }: CategoryListProps) {
  const words = KINDS[kind];
  const [doing, setDoing] = useState<Doing | null>(null);
  const categories: readonly AnyCategory[] = useRecords(kind, undefined, byPlace);
  const close = () => setDoing(null);
  const live = doing && doing.what !== "add" ? categories.find((one) => one.id === doing.category.id) : undefined;
  return (
    <section className={classes.section} aria-labelledby={`${kind}-title`}>
      <header className={classes.head}>
        <h2 id={`${kind}-title`} className={classes.title}>
          {words.title}
        </h2>
        <ActionButton
          plural={kind}
          command={words.create}
          label="Add category"
          variant="default"
          size="xs"
          icon={<IconPlus size={16} stroke={1.75} aria-hidden />}
          onClick={() => setDoing({ what: "add" })}
        />
      </header>
      {!loaded ? (
        <ListSkeleton rows={6} />
      ) : categories.length === 0 ? (
        <EmptyState
          icon={<IconTags size={28} stroke={1.5} />}
          title="No categories yet"
          text="Add the kinds of work you do; intake offers them."
        />
      ) : (
        <Lists kind={kind} categories={categories} onDo={setDoing} />
      )}
      {doing?.what === "add" && <NewCategory kind={kind} onClose={close} />}
      {doing?.what === "edit" && live && <EditCategory kind={kind} category={live} onClose={close} />}
      {doing?.what === "delete" && live && <DeleteCategory kind={kind} category={live} onClose={close} />}
    </section>
  );
}

interface ListsProps {
  kind: Kind;
  categories: readonly AnyCategory[];
  onDo: (doing: Doing) => void;
}

function Lists({ kind, categories, onDo }: ListsProps) {
  const records = useRecords(KINDS[kind].uses);
  const uses = useMemo(() => usesByCategory(records), [records]);
  const offered = useMemo(() => categories.filter((one) => !one.archived), [categories]);
  const archived = useMemo(() => categories.filter((one) => one.archived), [categories]);
  const row = (category: AnyCategory) => ({
    kind,
    category,
    used: uses.get(category.id) ?? 0,
    onEdit: () => onDo({ what: "edit", category }),
    onDelete: () => onDo({ what: "delete", category }),
  });
  return (
    <>
      <Sortable kind={kind} categories={offered}>
        {(category, movable) => <CategoryRow key={category.id} {...row(category)} movable={movable} />}
      </Sortable>
      {archived.length > 0 && (
        <Archived count={archived.length}>
          {archived.map((category) => (
            <CategoryRow key={category.id} {...row(category)} movable={false} />
          ))}
        </Archived>
      )}
    </>
  );
}

interface SortableProps {
  kind: Kind;
  categories: readonly AnyCategory[];
  children: (category: AnyCategory, movable: boolean) => React.ReactNode;
}

function Sortable({ kind, categories, children }: SortableProps) {
  const { ordered, reorder } = useOrder(kind, categories);
  const { allowed } = useExplain(kind);
  const movable = allowed(KINDS[kind].create) && ordered.length > 1;
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const dropped = ({ active, over }: DragEndEvent) => {
    const from = ordered.findIndex((one) => one.id === active.id);
    const to = ordered.findIndex((one) => one.id === over?.id);
    if (from >= 0 && to >= 0 && from !== to) reorder(arrayMove([...ordered], from, to));
  };
  const accessibility = useMemo(() => saidWhileDragging(ordered), [ordered]);
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={dropped} accessibility={accessibility}>
      <SortableContext items={ordered.map((one) => one.id)} strategy={verticalListSortingStrategy}>
        <ul className={classes.list}>{ordered.map((category) => children(category, movable))}</ul>
      </SortableContext>
    </DndContext>
  );
}

function Archived({ count, children }: { count: number; children: React.ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight
          size={16}
          stroke={1.75}
          aria-hidden
          className={classes.chevron}
          data-open={open || undefined}
        />
        Archived {count}
      </UnstyledButton>
      {open && <ul className={classes.list}>{children}</ul>}
    </div>
  );
}
