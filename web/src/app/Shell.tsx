// The frame around every screen of somebody signed in (V2): a rail with words on the left, on a phone a bar above and one
// below; in between the screen, which scrolls inside its own place. What belongs to no screen lives here too: keys,
// palette, intake forms, notices.
import { Suspense, useEffect, useRef } from "react";
import { Outlet } from "react-router";
import { ListSkeleton } from "@/widgets/Skeletons";
import { BottomBar } from "./BottomBar";
import { Guarded } from "./Guarded";
import { NewRecord } from "./NewRecord";
import { Overlays } from "./Overlays";
import { PasswordPrompt } from "./PasswordPrompt";
import { Rail } from "./Rail";
import classes from "./Shell.module.css";
import { ShellKeys } from "./ShellKeys";
import { prefetchScreens } from "./screens";
import { TopBar } from "./TopBar";
import { useAttention } from "./useAttention";
import { useNarrow } from "./useNarrow";
import { useOutboxNotices } from "./useOutboxNotices";
import { useScreenFocus } from "./useScreenFocus";
import { useScrollMemory } from "./useScrollMemory";
import { useTitle } from "./useTitle";

/** The frame; the screen of the address stands in its middle. */
export function Shell() {
  const isNarrow = useNarrow();
  const main = useRef<HTMLElement>(null);
  useScrollMemory(main);
  useTitle();
  useScreenFocus(main);
  useAttention();
  useOutboxNotices();
  useEffect(prefetchScreens, []);
  return (
    <div className={classes.shell} data-narrow={isNarrow || undefined}>
      <a href="#main" className={classes.skip}>
        Skip to the work
      </a>
      {isNarrow ? <TopBar /> : <Rail />}
      <main id="main" ref={main} className={classes.main} tabIndex={-1}>
        <Suspense fallback={<ListSkeleton rows={8} />}>
          <Guarded>
            <Outlet />
          </Guarded>
        </Suspense>
      </main>
      {isNarrow && <BottomBar />}
      <NewRecord />
      <Overlays />
      <ShellKeys />
      <PasswordPrompt />
    </div>
  );
}
