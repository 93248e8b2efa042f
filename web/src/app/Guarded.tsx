// Catches what fails below, so that the rest of the page stays; going elsewhere tries again.
import { Component, type ReactNode } from "react";
import { useLocation } from "react-router";
import { Broken } from "./Broken";

interface CatchProps {
  /** Another place is another try. */
  place: string;
  children: ReactNode;
}

interface CatchState {
  failed: { error: unknown } | null;
}

class Catch extends Component<CatchProps, CatchState> {
  override state: CatchState = { failed: null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: { error } };
  }

  override componentDidUpdate(before: CatchProps) {
    if (before.place !== this.props.place && this.state.failed !== null) this.setState({ failed: null });
  }

  override render() {
    return this.state.failed === null ? this.props.children : <Broken error={this.state.failed.error} />;
  }
}

/** Its children, or what to do where they failed. */
export function Guarded({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return <Catch place={pathname}>{children}</Catch>;
}
