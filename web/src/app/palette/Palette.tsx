// Search and commands over everything, behind `/` and ⌘K (U2): records of this browser at once, what only the server
// finds a moment later, and what can be done. Arrows choose, Enter goes.
import { CloseButton, Combobox, Modal, TextInput, useCombobox } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useClient } from "@/realtime/react";
import { useNarrow } from "../useNarrow";
import { whileIdle } from "../whileIdle";
import { CommandOption, HitOption } from "./options";
import classes from "./Palette.module.css";
import { commandsFor, usePaletteCommands } from "./paletteCommands";
import { type Hit, makeRecordSearch } from "./recordSearch";
import { usePaletteHits } from "./usePaletteHits";

const KINDS = { calls: "Calls", services: "Repairs", customers: "Customers", users: "People" };

/** The palette; it stays mounted once it was opened, and so keeps what it has learned of the records. */
export default function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [search] = useState(makeRecordSearch);
  const isNarrow = useNarrow();
  const { records } = useClient();
  useEffect(() => whileIdle(search.warm(records.getState())), [search, records]);
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      fullScreen={isNarrow}
      size={640}
      yOffset="12vh"
      padding={0}
      transitionProps={{ transition: "fade", duration: 80 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Search and commands">
        <Modal.Body>
          {isNarrow && (
            <CloseButton size="lg" className={classes.close ?? ""} aria-label="Close the search" onClick={onClose} />
          )}
          <PaletteBody search={search} onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface PaletteBodyProps {
  search: ReturnType<typeof makeRecordSearch>;
  onClose: () => void;
}

function PaletteBody({ search, onClose }: PaletteBodyProps) {
  const [query, setQuery] = useState("");
  const combobox = useCombobox({ opened: true });
  const commands = usePaletteCommands();
  const go = useGo();
  const groups = usePaletteHits(search, query);
  const fitting = useMemo(() => commandsFor(commands, query), [commands, query]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is first changes with what is found
  useEffect(() => void combobox.selectFirstOption(), [query, groups]);

  const choose = (value: string) => {
    onClose();
    const command = fitting.find(({ label }) => value === label);
    const hit = groups.flatMap(({ hits }) => hits).find(({ id }) => id === value);
    if (hit !== undefined) go(hit);
    else command?.run();
  };

  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          role="combobox"
          variant="unstyled"
          size="md"
          className={classes.input ?? ""}
          leftSection={<IconSearch size={18} stroke={1.6} />}
          placeholder="Search, or say what to do"
          aria-label="Search everything, or say what to do"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && onClose()}
        />
      </Combobox.EventsTarget>
      <Combobox.Options
        className={classes.options ?? ""}
        aria-label="Found"
        hidden={groups.length === 0 && fitting.length === 0}
      >
        {groups.map(({ plural, hits, total }) => (
          <Combobox.Group
            key={plural}
            label={total > hits.length ? `${KINDS[plural]} · ${hits.length} of ${total}` : KINDS[plural]}
          >
            {hits.map((hit) => (
              <HitOption key={hit.id} hit={hit} />
            ))}
          </Combobox.Group>
        ))}
        {fitting.length > 0 && (
          <Combobox.Group label="Do">
            {fitting.map((command) => (
              <CommandOption key={command.label} command={command} />
            ))}
          </Combobox.Group>
        )}
      </Combobox.Options>
      {groups.length === 0 && fitting.length === 0 && (
        <p role="status" className={classes.nothing}>
          Nothing found. Try a number, part of a name, or a phone.
        </p>
      )}
    </Combobox>
  );
}

/** Opens a record; filters stay where the screen stays. */
function useGo(): (hit: Hit) => void {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  return ({ plural, number, id }) => {
    const isSameScreen = pathname.startsWith(`/${plural}`) || (plural === "calls" && pathname === "/");
    void navigate({ pathname: `/${plural}/${number || id}`, search: isSameScreen ? search : "" });
  };
}
