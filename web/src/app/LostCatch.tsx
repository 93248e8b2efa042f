// Catches what cannot be fetched, and only that: anything else that fails goes on to whoever catches it above.
import { Component, type ReactNode } from "react";

const LOST_CHUNK = /dynamically imported module|Importing a module script failed|preload CSS/i;

/** True where the code of a part could not be fetched. */
export const isLostChunk = (error: unknown): boolean => error instanceof Error && LOST_CHUNK.test(error.message);

interface LostCatchProps {
  catches: (error: unknown) => boolean;
  /** Before another try. */
  onAgain: () => void;
  /** What stands there meanwhile. */
  lost: (again: () => void) => ReactNode;
  children: () => ReactNode;
}

interface LostCatchState {
  failed: { error: unknown } | null;
}

/** Its children, or what is said in their place. */
export class LostCatch extends Component<LostCatchProps, LostCatchState> {
  override state: LostCatchState = { failed: null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: { error } };
  }

  private readonly again = () => {
    this.props.onAgain();
    this.setState({ failed: null });
  };

  override render() {
    const { failed } = this.state;
    if (failed === null) return this.props.children();
    if (!this.props.catches(failed.error)) throw failed.error;
    return this.props.lost(this.again);
  }
}
