// The fields of a new call, in the order in which they are told on the phone. Everything chosen here stays live: a
// category that is renamed or archived meanwhile, a customer who is merged, a colleague who leaves show at once.
import { Input, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useCallback, useId } from "react";
import { useExplain, useMe } from "@/realtime/react";
import type { User } from "@/realtime/schema";
import { DueControl } from "@/record/DueControl";
import { CategorySelect } from "@/widgets/CategorySelect";
import { PersonSelect, takesWork } from "@/widgets/PersonSelect";
import { PriorityMark } from "@/widgets/PriorityMark";
import { priorityWord } from "@/widgets/words";
import { CallerField } from "./CallerField";
import classes from "./NewCall.module.css";
import type { NewCallDraft, Priority } from "./newCallDraft";
import { WordsField } from "./WordsField";

export interface NewCallFieldsProps {
  draft: NewCallDraft;
  faults: Partial<Record<keyof NewCallDraft, string>>;
  change: (changes: Partial<NewCallDraft>) => void;
}

const PRIORITIES: readonly Priority[] = ["low", "normal", "high", "urgent"];
const USUAL_SOLUTIONS = ["Talked the customer through it", "Restarted; works again", "Question answered"];

/** Everything one may say of a new call. */
export function NewCallFields({ draft, faults, change }: NewCallFieldsProps) {
  const { why, allowed } = useExplain("calls");
  return (
    <>
      {!allowed("create_call") && <p className={classes.quiet}>{why("create_call")}</p>}
      <TextInput
        data-autofocus
        label="What is wrong?"
        placeholder="In a few words"
        size="md"
        dir="auto"
        autoComplete="off"
        maxLength={200}
        value={draft.title}
        error={faults.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <CallerField draft={draft} faults={faults} change={change} />
      <Textarea
        label="Description"
        placeholder="What happens, since when, what was tried"
        dir="auto"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        value={draft.description}
        error={faults.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <PriorityField value={draft.priority} onChange={(priority) => change({ priority })} />
        <CategorySelect
          plural="categories"
          label="Category"
          value={draft.categoryId}
          error={faults.categoryId}
          onChange={(categoryId) => change({ categoryId })}
        />
      </div>
      {draft.solved ? (
        <WordsField
          label="What solved it?"
          value={draft.resolution}
          usual={USUAL_SOLUTIONS}
          error={faults.resolution ?? null}
          onChange={(resolution) => change({ resolution })}
        />
      ) : (
        <div className={classes.pair}>
          <DueField draft={draft} fault={faults.dueAt} change={change} />
          <AssigneeField draft={draft} fault={faults.assigneeId} change={change} />
        </div>
      )}
    </>
  );
}

function PriorityField({ value, onChange }: { value: Priority; onChange: (priority: Priority) => void }) {
  const id = useId();
  return (
    <Input.Wrapper label="Priority" labelElement="div" labelProps={{ id }}>
      <SegmentedControl
        aria-labelledby={id}
        fullWidth
        size="sm"
        value={value}
        onChange={(chosen) => onChange(chosen as Priority)}
        data={PRIORITIES.map((priority) => ({
          value: priority,
          label: priority === value ? <PriorityMark priority={priority} word /> : priorityWord(priority),
        }))}
      />
    </Input.Wrapper>
  );
}

interface PartProps {
  draft: NewCallDraft;
  fault: string | undefined;
  change: NewCallFieldsProps["change"];
}

function DueField({ draft, fault, change }: PartProps) {
  const id = useId();
  return (
    <Input.Wrapper id={id} label="Due" error={fault}>
      <DueControl
        id={id}
        value={draft.dueAt}
        placeholder="No due time"
        invalid={fault !== undefined}
        onChange={(dueAt) => change({ dueAt })}
      />
    </Input.Wrapper>
  );
}

/** Who dispatches names anyone, an engineer himself; nobody else names anybody (DOMAIN). */
function AssigneeField({ draft, fault, change }: PartProps) {
  const me = useMe();
  const anyone = me.role === "admin" || me.role === "dispatcher";
  const mayTake = useCallback((user: User) => takesWork(user) && (anyone || user.id === me.id), [anyone, me.id]);
  if (!anyone && me.role !== "engineer") return null;
  return (
    <PersonSelect
      label="Engineer"
      placeholder="Nobody yet"
      filter={mayTake}
      value={draft.assigneeId}
      error={fault}
      onChange={(assigneeId) => change({ assigneeId })}
    />
  );
}
