// The settings (S5): what is mine on this server, how the board looks and sounds in this browser, and where I am signed in.
import { PageHeader } from "@/widgets/PageHeader";
import { LookSection } from "./LookSection";
import { NoticesSection } from "./NoticesSection";
import { PasswordSection } from "./PasswordSection";
import { PlacesSection } from "./PlacesSection";
import { ProfileSection } from "./ProfileSection";
import classes from "./Settings.module.css";

/** `/settings` */
export default function Settings() {
  return (
    <>
      <PageHeader title="Settings" />
      <div className={classes.column}>
        <ProfileSection />
        <LookSection />
        <NoticesSection />
        <PasswordSection />
        <PlacesSection />
      </div>
    </>
  );
}
