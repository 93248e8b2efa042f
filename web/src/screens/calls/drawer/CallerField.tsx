// Who is calling: typed once, found among our customers by name or by the digits of the phone at every key, or taken as
// somebody new (U2).
import { Button, Checkbox, CloseButton, Combobox, TextInput, useCombobox } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useDeferredValue, useEffect, useMemo } from "react";
import { Link, useLocation } from "react-router";
import { withoutNew } from "@/app/useNewRecord";
import { useRecord, useRecords } from "@/realtime/react";
import { fold } from "@/widgets/matching";
import { numberOf } from "@/widgets/RecordNumber";
import { beginning, findCustomers } from "./customerSearch";
import classes from "./NewCall.module.css";
import type { NewCallFieldsProps } from "./NewCallFields";
import { callerOf } from "./newCallDraft";
import { useOtherOpenCalls } from "./useOtherOpenCalls";

const NEW = "new";

/** The caller: one of ours, or somebody new with phone and address. */
export function CallerField({ draft, faults, change }: NewCallFieldsProps) {
  return (
    <div className={classes.caller}>
      <CallerInput draft={draft} faults={faults} change={change} />
      <div className={classes.pair}>
        <TextInput
          label="Phone"
          inputMode="tel"
          autoComplete="off"
          maxLength={40}
          value={draft.customerPhone}
          error={faults.customerPhone}
          onChange={(event) => change({ customerPhone: event.currentTarget.value })}
        />
        <TextInput
          label="Address"
          dir="auto"
          autoComplete="off"
          maxLength={4000}
          value={draft.customerAddress}
          error={faults.customerAddress}
          onChange={(event) => change({ customerAddress: event.currentTarget.value })}
        />
      </div>
      <div className={classes.standing}>
        {draft.customerId ? (
          <OurCustomer draft={draft} change={change} />
        ) : (
          <NewCustomer draft={draft} change={change} />
        )}
      </div>
    </div>
  );
}

function CallerInput({ draft, faults, change }: NewCallFieldsProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const customers = useRecords("customers");
  const typed = useDeferredValue(draft.customerName);
  const found = useMemo(
    () => (draft.customerId ? [] : findCustomers(customers, typed)),
    [customers, typed, draft.customerId],
  );
  const pick = (value: string) => {
    combobox.closeDropdown();
    if (value === NEW) return change(asNew(draft.customerName));
    const customer = found.find((one) => one.id === value);
    if (customer) change(callerOf(customer));
  };
  const type = (customerName: string) => {
    change({ customerName, customerId: null });
    if (customerName.trim() === "") combobox.closeDropdown();
    else combobox.openDropdown();
  };
  const { selectFirstOption } = combobox;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the best answer is marked anew with every new answer
  useEffect(() => void selectFirstOption(), [found]);
  return (
    <Combobox store={combobox} onOptionSubmit={pick} shadow="md" transitionProps={{ duration: 80 }}>
      <Combobox.Target>
        <TextInput
          label="Who is calling?"
          placeholder="Name or phone number"
          dir="auto"
          autoComplete="off"
          maxLength={200}
          value={draft.customerName}
          error={faults.customerName}
          rightSection={draft.customerName && <Clear onClick={() => change(asNew(""))} />}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typed.trim() === "" || draft.customerId !== null}>
        <Combobox.Options aria-label="Customers">
          {found.map((customer) => (
            <Combobox.Option key={customer.id} value={customer.id} className={classes.option ?? ""}>
              <bdi>{customer.name}</bdi>
              <span className={classes.aside}>{customer.phone ?? customer.email ?? ""}</span>
            </Combobox.Option>
          ))}
          <Combobox.Option value={NEW} className={classes.option ?? ""}>
            <span className={classes.new}>
              <IconUserPlus size={16} stroke={1.75} aria-hidden /> New customer <bdi>{typed.trim()}</bdi>
            </span>
          </Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** By the pointer alone: whoever types goes straight on to the phone number. */
const Clear = ({ onClick }: { onClick: () => void }) => (
  <CloseButton
    size="sm"
    tabIndex={-1}
    aria-label="Somebody else"
    onClick={onClick}
    onMouseDown={(event) => event.preventDefault()}
  />
);

function asNew(typed: string) {
  const { name, phone } = beginning(typed);
  return {
    customerId: null,
    customerName: name,
    keepCustomer: true,
    ...(phone ? { customerPhone: phone } : {}),
    ...(typed === "" ? { customerPhone: "", customerAddress: "" } : {}),
  };
}

type StandingProps = Pick<NewCallFieldsProps, "draft" | "change">;

/** Somebody new: whether he joins our customers, and who of ours has the same name. */
function NewCustomer({ draft, change }: StandingProps) {
  const customers = useRecords("customers");
  const name = useDeferredValue(fold(draft.customerName));
  const twin = useMemo(() => (name ? customers.find((one) => fold(one.name) === name) : undefined), [customers, name]);
  if (draft.customerName.trim() === "") return null;
  return (
    <>
      <Checkbox
        size="xs"
        label="New: add to our customers"
        checked={draft.keepCustomer}
        onChange={(event) => change({ keepCustomer: event.currentTarget.checked })}
      />
      {twin && (
        <Button size="compact-xs" variant="light" onClick={() => change(callerOf(twin))}>
          We know one of that name: take this one
        </Button>
      )}
    </>
  );
}

/** What we know of him: his open calls, and whether he is still there at all. */
function OurCustomer({ draft, change }: StandingProps) {
  const customer = useRecord("customers", draft.customerId);
  const open = useOtherOpenCalls(draft.customerId, null);
  const { search } = useLocation();
  if (!customer) {
    return (
      <span className={classes.gone} role="alert">
        This customer was deleted or merged meanwhile.
        <Button size="compact-xs" variant="light" onClick={() => change({ customerId: null })}>
          Take as new
        </Button>
      </span>
    );
  }
  const query = withoutNew(new URLSearchParams(search));
  return (
    <>
      <span className={classes.quiet}>
        {numberOf("customers", customer)} · {open.length === 0 ? "nothing open" : `${open.length} open:`}
      </span>
      {open.slice(0, 3).map((call) => (
        <Link
          key={call.id}
          className={classes.link}
          to={{ pathname: `/calls/${call.number || call.id}`, search: query.toString() }}
        >
          {numberOf("calls", call)} <bdi>{call.title}</bdi>
        </Link>
      ))}
    </>
  );
}
