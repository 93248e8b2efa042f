// Deleting a category: what uses it is counted while the dialog stands there, and moves to another one in the same change
// set. Without any use it just goes. Undo is in the toast (U5).

import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useAct } from "@/app/useAct";
import { useRecords } from "@/realtime/react";
import { Dialog } from "@/widgets/Dialog";
import { countedKind } from "../lists/counted";
import { type AnyCategory, KINDS, type Kind } from "./kinds";
import { byPlace } from "./moves";

interface DeleteCategoryProps {
  kind: Kind;
  category: AnyCategory;
  onClose: () => void;
}

/** The dialog. */
export function DeleteCategory({ kind, category, onClose }: DeleteCategoryProps) {
  const { uses, remove } = KINDS[kind];
  const act = useAct();
  const isUser = useCallback(
    (record: { category_id: string | null }) => record.category_id === category.id,
    [category.id],
  );
  const used = useRecords(uses, isUser).length;
  const [to, setTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    const outcome = await act(
      remove,
      { id: category.id, ...(used > 0 && { reassign_to: to }) },
      { said: `${category.name} was deleted.` },
    );
    setBusy(false);
    if (outcome !== null) onClose();
  };
  return (
    <Dialog
      onClose={onClose}
      title={
        <>
          Delete <bdi>{category.name}</bdi>?
        </>
      }
    >
      <Stack gap="md">
        <Text size="sm">
          {used === 0
            ? `No ${uses === "calls" ? "call" : "repair"} uses it.`
            : `It is in use by ${countedKind(uses, used)}, open and old ones. They move to another category.`}
        </Text>
        {used > 0 && <Another kind={kind} category={category} value={to} onChange={setTo} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button color="red.9" loading={busy} disabled={used > 0 && to === null} onClick={go}>
            {used === 0 ? "Delete" : "Move and delete"}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface AnotherProps {
  kind: Kind;
  category: AnyCategory;
  value: string | null;
  onChange: (id: string | null) => void;
}

function Another({ kind, category, value, onChange }: AnotherProps) {
  const categories: readonly AnyCategory[] = useRecords(kind, undefined, byPlace);
  const data = useMemo(
    () =>
      categories
        .filter((one) => one.id !== category.id && !one.archived)
        .map((one) => ({ value: one.id, label: one.name })),
    [categories, category.id],
  );
  return (
    <Select
      label="Move them to"
      placeholder="Choose a category"
      data={data}
      value={value}
      onChange={onChange}
      searchable
      nothingFoundMessage="No other category"
      data-autofocus
    />
  );
}
