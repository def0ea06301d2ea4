import { useState } from "preact/hooks";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Choices, Field } from "../ui/field";
import { isEori, isVat, squeezed, vatExample } from "./business";
import { type Buyer, buyer, chooseBuyer } from "./buyer";
import { country } from "./preferences";

const MAX_COMPANY = 120;

/** Who buys: a person, or a business with its numbers. `onDone` comes once the choice is kept. */
export function BuyerForm({ onDone }: { onDone?: () => void }) {
  const [kind, setKind] = useState<"person" | "business">(buyer.value ? "business" : "person");
  const choose = (chosen: string) => {
    setKind(chosen === "business" ? "business" : "person");
    if (chosen === "person" && buyer.peek()) void chooseBuyer(null);
  };
  return (
    <div class="stack">
      <Choices
        legend={t("buyer-title")}
        name="buyer"
        value={kind}
        onChange={choose}
        options={(["person", "business"] as const).map((value) => ({ value, label: t(`buyer-${value}`) }))}
      />
      {kind === "business" && <BusinessFields onDone={onDone} />}
    </div>
  );
}

function BusinessFields({ onDone }: { onDone: (() => void) | undefined }) {
  const [draft, setDraft] = useState<Omit<Buyer, "kind">>(buyer.value ?? {});
  const [strict, setStrict] = useState(false);
  const vat = squeezed(draft.vat ?? "");
  const eori = squeezed(draft.eori ?? "");
  const wrong = { vat: vat !== "" && !isVat(vat), eori: eori !== "" && !isEori(eori) };
  const example = vatExample(/^[A-Z]{2}/.exec(vat)?.[0] ?? country.value ?? "DE");

  const save = async () => {
    setStrict(true);
    if (wrong.vat || wrong.eori) return;
    const company = draft.company?.trim().slice(0, MAX_COMPANY);
    if (
      await chooseBuyer({ kind: "business", ...(company && { company }), ...(vat && { vat }), ...(eori && { eori }) })
    )
      onDone?.();
  };

  return (
    <>
      <Field
        label={t("buyer-company")}
        name="company"
        autoComplete="organization"
        maxLength={MAX_COMPANY}
        value={draft.company ?? ""}
        onInput={(company) => setDraft({ ...draft, company })}
      />
      <Field
        label={t("buyer-vat")}
        name="vat"
        maxLength={32}
        value={draft.vat ?? ""}
        hint={t("buyer-number-hint", { example })}
        error={strict && wrong.vat ? t("buyer-vat-wrong", { example }) : undefined}
        onInput={(written) => setDraft({ ...draft, vat: written })}
      />
      <Field
        label={t("buyer-eori")}
        name="eori"
        maxLength={32}
        value={draft.eori ?? ""}
        hint={t("buyer-number-hint", { example: "DE1234567890123" })}
        error={strict && wrong.eori ? t("buyer-eori-wrong") : undefined}
        onInput={(written) => setDraft({ ...draft, eori: written })}
      />
      <p class="small muted">{t("buyer-note")}</p>
      <Button onClick={() => void save()}>{t("ui-save")}</Button>
    </>
  );
}
