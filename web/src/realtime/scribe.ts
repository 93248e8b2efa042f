// Writes the replica down, a little after it changed and not at every change: what many events touched is one write. Only
// the leading tab writes; it begins by writing everything.

import type { Moment, Touched } from "./replica";
import type { ClientStorage } from "./storage";

const EVERY_MS = 500;

/** Looks after what is written of the replica. */
export class Scribe {
  private moment: Moment | null = null;
  private touched: Touched | "all" = "all";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();
  private isLeading = false;
  private isOver = false;

  constructor(
    private readonly storage: ClientStorage,
    private readonly every = EVERY_MS,
  ) {}

  /** The replica is another; `touched` are the records that changed. */
  changed(moment: Moment, touched: Touched | "all"): void {
    this.moment = moment;
    if (touched === "all") this.touched = "all";
    else if (this.touched !== "all") merge(this.touched, touched);
    this.soon();
  }

  /** What is stored is this very moment: only what changes after it need be written. */
  restored(moment: Moment): void {
    if (this.moment === null) this.touched = new Map();
    this.moment ??= moment;
  }

  /** From here on this tab writes. `isFresh`: what is stored may be another tab's, so begin with everything. */
  lead(isFresh: boolean): void {
    this.isLeading = true;
    if (isFresh) this.touched = "all";
    if (this.moment !== null && this.touched === "all") this.soon();
  }

  /** Write what waits, now. */
  async finish(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.write();
    await this.writing;
  }

  /** Never write again, and delete what was written. */
  async forget(): Promise<void> {
    this.isOver = true;
    clearTimeout(this.timer);
    await this.writing;
    await this.storage.forgetReplica();
  }

  /** What was not written must not be missing under a later place: the next write is of everything. */
  private failed(): void {
    this.touched = "all";
  }

  private soon(): void {
    if (this.isLeading && !this.isOver) this.timer ??= setTimeout(() => this.write(), this.every);
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { moment, touched } = this;
    if (!this.isLeading || this.isOver || moment === null) return;
    this.touched = new Map();
    this.writing = this.writing.then(() => this.storage.save(moment, touched)).catch(() => this.failed());
  }
}

function merge(into: Touched, more: Touched): void {
  for (const [plural, ids] of more) {
    const before = into.get(plural) ?? new Set<string>();
    for (const id of ids) before.add(id);
    into.set(plural, before);
  }
}
