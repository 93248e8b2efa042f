// Where I am signed in, and signing out elsewhere.
import { Badge, Button } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { endPlace, myPlaces } from "@/app/account";
import { Failure } from "@/app/api";
import type { Session } from "@/realtime/schema";
import { Age } from "@/widgets/Age";
import { ListSkeleton } from "@/widgets/Skeletons";
import { toast } from "@/widgets/toast";
import { deviceOf, isHandheld } from "./device";
import classes from "./PlacesSection.module.css";
import { Section } from "./Section";

const KEY = ["my-places"];

/** All places, this one first. */
export function PlacesSection() {
  const { data, error } = useQuery({ queryKey: KEY, queryFn: myPlaces });
  return (
    <Section title="Where you are signed in" text="Sign out a place that you do not know, and change your password.">
      {error !== null && <p role="alert">{error.message}</p>}
      {data === undefined && error === null ? <ListSkeleton rows={2} /> : <Places places={data ?? []} />}
    </Section>
  );
}

function Places({ places }: { places: readonly Session[] }) {
  const end = useEnding();
  const others = places.filter((place) => !place.current);
  return (
    <>
      <ul className={classes.places}>
        {places.map((place) => (
          <PlaceRow key={place.id} place={place} onEnd={() => end([place])} />
        ))}
      </ul>
      {others.length > 1 && (
        <Button variant="default" onClick={() => end(others)} className={classes.all ?? ""}>
          Sign out the {others.length} others
        </Button>
      )}
    </>
  );
}

function PlaceRow({ place, onEnd }: { place: Session; onEnd: () => void }) {
  const device = deviceOf(place.agent);
  const Icon = isHandheld(place.agent) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li className={classes.place}>
      <Icon size={18} stroke={1.6} className={classes.icon} />
      <span className={classes.words}>
        <span className={classes.device}>{device}</span>
        <span className={classes.when}>
          {place.address} · seen <Age at={place.seen_at} ago focusable />
        </span>
      </span>
      {place.current ? (
        <Badge variant="light" tt="none">
          This one
        </Badge>
      ) : (
        <Button size="compact-sm" variant="default" onClick={onEnd} aria-label={`Sign out ${device}, ${place.address}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}

function useEnding() {
  const queries = useQueryClient();
  return async (places: readonly Session[]) => {
    try {
      for (const place of places) await endPlace(place.id);
      toast({
        type: "success",
        message: places.length === 1 ? "Signed out there." : `Signed out at ${places.length} places.`,
      });
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      toast({ type: "error", message: failure.message });
    }
    await queries.invalidateQueries({ queryKey: KEY });
  };
}
