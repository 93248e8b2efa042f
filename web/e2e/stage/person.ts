// Somebody at the board, in a browser of his own: what a test says he does and sees. By the words and roles that people
// read, never by what the code calls things.

import { type Browser, type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { emailOf, PASSWORD } from "./team";

export interface Manner {
  /** Where he reaches the server. */
  at: string;
  /** A phone is 360 wide. */
  width?: number;
  height?: number;
  theme?: "light" | "dark";
}

/** How the words begin that say how the connection stands (WEB L7). */
const STATES = /^(Connecting|Live|Reconnecting|Polling|Offline|Signed out)/;

export class Person {
  /** What the browser complained of: broken scripts, refused styles. A test ends with none. */
  readonly complaints: string[] = [];

  private constructor(
    readonly name: string,
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly at: string,
  ) {
    page.on("pageerror", (error) => this.complaints.push(`${name}: ${error.message}`));
    page.on("console", (said) => {
      if (said.type() === "error" && !/Failed to load resource|ERR_|WebSocket/.test(said.text())) {
        this.complaints.push(`${name}: ${said.text()}`);
      }
    });
  }

  /** Sits down at a board that he has not opened yet. */
  static async arrives(browser: Browser, name: string, manner: Manner): Promise<Person> {
    const { at, width = 1440, height = 900, theme = "light" } = manner;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, baseURL: at });
    return new Person(name, context, await context.newPage(), at);
  }

  /** Has signed in already, as if yesterday. */
  async hasSignedIn(): Promise<this> {
    const data = { email: emailOf(this.name), password: PASSWORD, cookie_only: true };
    const answer = await this.context.request.post("/api/login", { data, headers: { Origin: this.at } });
    expect(answer.status(), await answer.text()).toBe(200);
    return this;
  }

  /** Goes to an address of the board and waits until it is live. */
  async opens(path = "/"): Promise<this> {
    await this.page.goto(path);
    await this.isLive();
    return this;
  }

  async isLive(): Promise<void> {
    await this.reads("Live");
  }

  /** Sits there until the page has fetched, in quiet moments, what taking and doing a call will want. */
  async sitsAWhile(): Promise<void> {
    const fetched = () => performance.getEntriesByType("resource").map(({ name }) => name);
    for (const part of ["NewCall", "CallDrawer", "CallDialogs"]) {
      await expect.poll(() => this.page.evaluate(fetched)).toContainEqual(expect.stringContaining(`/${part}-`));
    }
    await this.page.waitForLoadState("networkidle");
  }

  /** The state of his connection, as it stands on the page. */
  async reads(state: string | RegExp): Promise<void> {
    await expect(this.connection).toContainText(state, { timeout: 20_000 });
  }

  async sees(words: string | RegExp, within: Locator | Page = this.page): Promise<void> {
    await expect(within.getByText(words).first()).toBeVisible();
  }

  /** Presses the one button of this name; in a dialog, a drawer or anywhere. */
  async presses(name: string | RegExp, within: Locator | Page = this.page): Promise<void> {
    await within.getByRole("button", { name, ...(typeof name === "string" && { exact: true }) }).click();
  }

  /** Writes into the field of this name. */
  async writes(label: string, text: string, within: Locator | Page = this.page): Promise<void> {
    await within.getByRole("textbox", { name: label }).fill(text);
  }

  /** Chooses an option of the list under the field of this name. */
  async chooses(label: string, option: string | RegExp, within: Locator | Page = this.page): Promise<void> {
    await within
      .getByRole("combobox", { name: label })
      .or(within.getByRole("textbox", { name: label }))
      .first()
      .click();
    await this.page.getByRole("option", { name: option }).click();
  }

  /** Goes to another screen by the navigation. */
  async goesTo(screen: string): Promise<void> {
    await this.page
      .getByRole("navigation", { name: "Screens" })
      .getByRole("link", { name: screen, exact: true })
      .click();
  }

  dialog(name?: string | RegExp): Locator {
    return this.page.getByRole("dialog", name === undefined ? {} : { name });
  }

  /** The line of a list or table that holds these words. */
  line(words: string | RegExp): Locator {
    return this.page.getByRole("row").or(this.page.getByRole("listitem")).filter({ hasText: words });
  }

  get connection(): Locator {
    return this.page.getByRole("status").filter({ hasText: STATES });
  }

  /** The same person, in the same browser, at a new page. */
  async opensAnotherPage(path = "/"): Promise<Person> {
    const again = new Person(this.name, this.context, await this.context.newPage(), this.at);
    return again.opens(path);
  }

  async leaves(): Promise<void> {
    await this.context.close();
  }
}
