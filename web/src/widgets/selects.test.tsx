import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { aCategory, aCustomer, aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { CategorySelect } from "./CategorySelect";
import { CustomerSelect } from "./CustomerSelect";
import { PersonSelect } from "./PersonSelect";

const field = (name: string) => screen.getByRole<HTMLInputElement>("combobox", { name });
const options = () => screen.getAllByRole("option", { hidden: true }).map((option) => option.textContent);

describe("PersonSelect", () => {
  it("offers everybody active who takes work, and names who was chosen before he left", async () => {
    const client = fakeClient({
      users: [
        aUser({ id: "a", display_name: "Bruno", role: "dispatcher" }),
        aUser({ id: "b", display_name: "Vera", role: "viewer" }),
        aUser({ id: "c", display_name: "Carl", active: false }),
      ],
    });
    client.records.setState({ former: new Map([["gone", "Dmitri"]]) });
    const onChange = vi.fn();
    renderWith(client, <PersonSelect label="Engineer" value="gone" onChange={onChange} />);
    expect(field("Engineer").value).toBe("Dmitri");
    await userEvent.click(field("Engineer"));
    const offered = options().join(" ");
    expect(offered).toContain("Bruno");
    expect(offered).not.toMatch(/Vera|Carl/);
    await userEvent.click(screen.getByText("Bruno"));
    expect(onChange.mock.calls[0]?.[0]).toBe("a");
  });
});

describe("CategorySelect", () => {
  it("offers what is not archived in its order, keeps an archived choice, and shows a new name at once", async () => {
    const client = fakeClient({
      categories: [
        aCategory({ id: "2", name: "Second", sort_order: 2 }),
        aCategory({ id: "1", name: "First", sort_order: 1 }),
        aCategory({ id: "x", name: "Fax", archived: true }),
        aCategory({ id: "y", name: "Telex", archived: true }),
      ],
    });
    renderWith(client, <CategorySelect plural="categories" label="Category" value="x" onChange={() => {}} />);
    expect(field("Category").value).toBe("Fax (no longer offered)");
    await userEvent.click(field("Category"));
    await userEvent.clear(field("Category"));
    expect(options()).toEqual(["First", "Second", "Fax"]);
    act(() => client.hold({ categories: [aCategory({ id: "x", name: "Fax machines", archived: true })] }));
    expect(options()).toContain("Fax machines");
  });
});

describe("CustomerSelect (U2)", () => {
  it("finds by phone digits in any grouping, and lists only a few of thousands", async () => {
    const customers = Array.from({ length: 3000 }, (_, n) =>
      aCustomer({ id: `m${n}`, name: `Customer ${n}`, phone: `+34 600 ${String(n).padStart(6, "0")}` }),
    );
    const onChange = vi.fn();
    renderWith(fakeClient({ customers }), <CustomerSelect label="Customer" value={null} onChange={onChange} />);
    await userEvent.click(field("Customer"));
    expect(options().length).toBeLessThanOrEqual(30);
    await userEvent.type(field("Customer"), "600 00 29 99");
    await userEvent.click(await screen.findByText("Customer 2999"));
    expect(onChange.mock.calls[0]?.[0]).toBe("m2999");
  });
});
