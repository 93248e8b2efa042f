// Customers (S4): everyone who ever rang or came in, found by name, number, email or tag; one opens in a drawer.
import { Button, Select, TextInput } from "@mantine/core";
import { IconAddressBook, IconPlus, IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useLoaded, useRecords } from "@/realtime/react";
import type { Customer } from "@/realtime/schema";
import { ActionButton } from "@/widgets/ActionButton";
import { EmptyState } from "@/widgets/EmptyState";
import { PageHeader } from "@/widgets/PageHeader";
import { ListSkeleton } from "@/widgets/Skeletons";
import table from "../lists/RecordTable.module.css";
import { CustomerDrawer } from "./CustomerDrawer";
import { CustomersTable } from "./CustomersTable";
import { type Standing, standings } from "./history";
import NewCustomer from "./NewCustomer";
import { makeCustomerSearch } from "./searchCustomers";
import { inOrder, SORTS, sortOf } from "./sorting";

/** The screen, with one customer in a drawer where the address names one. */
export default function Customers() {
  const { number } = useParams();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const close = () => navigate({ pathname: "/customers", search: query.toString() });
  return (
    <div className={table.screen}>
      <List openNumber={number ?? null} />
      {number !== undefined && <CustomerDrawer key={number} number={number} onClose={close} />}
    </div>
  );
}

function List({ openNumber }: { openNumber: string | null }) {
  const [query, setQuery] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const words = query.get("q") ?? "";
  const set = (name: string, value: string) => setQuery((now) => withWord(now, name, value), { replace: true });
  const { customers, total, standing } = useFound(words, query.get("sort"));
  return (
    <>
      <PageHeader
        title="Customers"
        count={total}
        search={
          <>
            <TextInput
              size="xs"
              placeholder="Name, phone, email or tag"
              aria-label="Search customers"
              leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
              value={words}
              onChange={(event) => set("q", event.currentTarget.value)}
            />
            <Select
              size="xs"
              aria-label="Order"
              w={148}
              data={SORTS}
              allowDeselect={false}
              value={sortOf(query.get("sort"))}
              onChange={(sort) => set("sort", sort === "name" ? "" : (sort ?? ""))}
            />
          </>
        }
        actions={<AddButton onClick={() => setAdding(true)} />}
      />
      <Found
        customers={customers}
        standing={standing}
        openNumber={openNumber}
        question={`${sortOf(query.get("sort"))} ${words}`}
        total={total}
        onAdd={() => setAdding(true)}
        onClear={() => set("q", "")}
      />
      {adding && <NewCustomer onClose={() => setAdding(false)} />}
    </>
  );
}

/** The customers that fit, in order; typing stays ahead of the list. */
function useFound(words: string, sort: string | null) {
  const all = useRecords("customers");
  const calls = useRecords("calls");
  const services = useRecords("services");
  const wanted = useDeferredValue(words);
  const search = useMemo(makeCustomerSearch, []);
  const standing = useMemo(() => standings(calls, services), [calls, services]);
  const ordered = useMemo(() => inOrder(all, sortOf(sort), standing), [all, sort, standing]);
  const customers = useMemo(() => {
    const fits = search(wanted);
    return fits === null ? ordered : ordered.filter(fits);
  }, [ordered, search, wanted]);
  return { customers, total: all.length, standing };
}

function AddButton({ onClick }: { onClick: () => void }) {
  return (
    <ActionButton
      plural="customers"
      command="create_customer"
      label="Add customer"
      variant="filled"
      size="xs"
      icon={<IconPlus size={16} stroke={1.75} aria-hidden />}
      onClick={onClick}
    />
  );
}

interface FoundProps {
  customers: readonly Customer[];
  standing: ReadonlyMap<string, Standing>;
  openNumber: string | null;
  question: string;
  total: number;
  onAdd: () => void;
  onClear: () => void;
}

function Found({ customers, standing, openNumber, question, total, onAdd, onClear }: FoundProps) {
  const loaded = useLoaded();
  if (!loaded) {
    return (
      <div className={table.scroll}>
        <ListSkeleton rows={12} />
      </div>
    );
  }
  if (customers.length > 0)
    return <CustomersTable customers={customers} standing={standing} openNumber={openNumber} question={question} />;
  return (
    <div className={table.empty}>
      <EmptyState
        icon={<IconAddressBook size={28} stroke={1.5} />}
        title={total === 0 ? "No customers yet" : "Nobody fits"}
        text={
          total === 0
            ? "Add the first one here, or while you take a call."
            : "No name, phone, email, address or tag holds these words."
        }
        action={
          <Button variant={total === 0 ? "filled" : "default"} onClick={total === 0 ? onAdd : onClear}>
            {total === 0 ? "Add customer" : "Show everybody"}
          </Button>
        }
      />
    </div>
  );
}

function withWord(query: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(query);
  if (value === "") next.delete(name);
  else next.set(name, value);
  return next;
}
