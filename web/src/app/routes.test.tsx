import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { useState } from "react";
import { MemoryRouter, Outlet, useNavigate, useParams } from "react-router";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BoardRoutes } from "./routes";

function Calls() {
  const { number } = useParams();
  const navigate = useNavigate();
  const [scrolled, setScrolled] = useState(0);
  return (
    <>
      <p>{`open: ${number ?? "none"}, scrolled: ${scrolled}`}</p>
      <button type="button" onClick={() => setScrolled(7)}>
        Scroll
      </button>
      <button type="button" onClick={() => navigate(number === undefined ? "/calls/1042" : "/")}>
        Toggle
      </button>
    </>
  );
}

function Failing(): never {
  throw new TypeError("Failed to fetch dynamically imported module: /assets/Customers.js");
}

const Nothing = () => null;

vi.mock("./Board", () => ({ Board: () => <Outlet /> }));
vi.mock("./screens", () => ({
  Calls: () => <Calls />,
  Customers: () => <Failing />,
  Track: () => <p>The customer's page</p>,
  ...Object.fromEntries(
    ["Services", "Users", "Categories", "Activity", "Insights", "Settings", "SignIn", "Setup"].map((name) => [
      name,
      () => <Nothing />,
    ]),
  ),
}));

afterEach(cleanup);

const open = (address: string) =>
  render(
    <MantineProvider env="test">
      <MemoryRouter initialEntries={[address]}>
        <BoardRoutes />
      </MemoryRouter>
    </MantineProvider>,
  );

describe("the addresses", () => {
  it("keep the call board as it is while a call opens and closes over it (V2)", async () => {
    open("/");
    screen.getByText("Scroll").click();
    await screen.findByText("open: none, scrolled: 7");
    screen.getByText("Toggle").click();
    await screen.findByText("open: 1042, scrolled: 7");
    screen.getByText("Toggle").click();
    expect(await screen.findByText("open: none, scrolled: 7")).toBeTruthy();
  });

  it("say so where nothing is", () => {
    open("/nowhere");
    expect(screen.getByText("There is nothing at this address")).toBeTruthy();
  });

  it("show a customer his repair without the board around it (S3)", () => {
    open("/track/ABC");
    expect(screen.getByText("The customer's page")).toBeTruthy();
  });

  it("offer to reload where a screen cannot be fetched after the server was renewed", () => {
    vi.spyOn(console, "error").mockReturnValue();
    open("/customers");
    expect(screen.getByText("There is a newer version of the board")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
  });
});
