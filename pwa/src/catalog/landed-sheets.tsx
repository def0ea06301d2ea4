import { chooseCountry, country } from "../accounts/preferences";
import { formatDate, t } from "../platform/locale";
import { destinationOptions } from "../ui/country";
import { Select } from "../ui/field";
import { Sheet } from "../ui/sheet";
import type { QuoteRule } from "./queries";

interface LandedSheetsProps {
  open: "country" | "rules" | null;
  onClose: () => void;
  rules: readonly QuoteRule[];
}

/** What the landed cost opens: where the goods go, and how their price is worked out. */
export function LandedSheets({ open, onClose, rules }: LandedSheetsProps) {
  return (
    <>
      <Sheet open={open === "country"} onClose={onClose} title={t("landed-where")}>
        <Select
          label={t("landed-country")}
          name="country"
          value={country.value ?? ""}
          options={[...(country.value ? [] : [{ value: "", label: "" }]), ...destinationOptions()]}
          onChange={(value) => {
            chooseCountry(value);
            onClose();
          }}
        />
      </Sheet>
      <Sheet open={open === "rules"} onClose={onClose} title={t("landed-rules")}>
        <Rules rules={rules} />
      </Sheet>
    </>
  );
}

/** Each part with its rule, where it comes from and of what day. */
export function Rules({ rules }: { rules: readonly QuoteRule[] }) {
  return (
    <ul class="stack">
      {rules.map((rule) => (
        <li key={`${rule.part} ${rule.name}`}>
          <p class="strong">{rule.name}</p>
          <p>{rule.detail}</p>
          <p class="small muted">
            {t("landed-rule-source", { source: rule.source, date: rule.as_of ? formatDate(rule.as_of, "date") : "" })} ·{" "}
            {t(`landed-confidence-${rule.confidence}`)}
          </p>
        </li>
      ))}
    </ul>
  );
}
