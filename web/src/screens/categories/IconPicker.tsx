// Choosing a category's sign: a grid that is one stop of the Tab key, walked by the arrows as radio buttons are.
import { Input, Tooltip } from "@mantine/core";
import { clsx } from "clsx";
import { useId } from "react";
import { CATEGORY_ICONS } from "@/widgets/categoryIcons";
import classes from "./IconPicker.module.css";

interface IconPickerProps {
  value: string | null;
  colour: string;
  onChange: (icon: string | null) => void;
}

/** The grid; the first place is "none". */
export function IconPicker({ value, colour, onChange }: IconPickerProps) {
  const name = useId();
  const choice = (icon: string | null, word: string, sign: React.ReactNode) => (
    <Tooltip key={icon ?? ""} label={word} openDelay={300}>
      <label className={clsx(classes.choice, value === icon && classes.chosen)}>
        <input
          type="radio"
          name={name}
          className={classes.radio}
          checked={value === icon}
          aria-label={word}
          onChange={() => onChange(icon)}
        />
        {sign}
      </label>
    </Tooltip>
  );
  return (
    <Input.Wrapper label="Sign" labelElement="div" labelProps={{ id: `${name}-label` }}>
      <div
        role="radiogroup"
        aria-labelledby={`${name}-label`}
        className={classes.grid}
        style={{ "--colour": colour } as React.CSSProperties}
      >
        {choice(null, "No sign", <span className={classes.dot} aria-hidden />)}
        {Object.entries(CATEGORY_ICONS).map(([icon, { icon: Sign, word }]) =>
          choice(icon, word, <Sign size={18} stroke={1.75} aria-hidden />),
        )}
      </div>
    </Input.Wrapper>
  );
}
