import { t } from "../platform/locale";
import { destinationOptions } from "../ui/country";
import { Field, Select } from "../ui/field";
import { type Address, formOf, problemsOf } from "./address";

interface AddressFormProps {
  address: Address;
  onChange: (address: Address) => void;
  /** Shows what is missing; off until the shopper wanted to go on. */
  strict: boolean;
}

/** An address in the order its country writes it. */
export function AddressForm({ address, onChange, strict }: AddressFormProps) {
  const form = formOf(address.country);
  const problems = strict ? problemsOf(address) : {};
  const line = (name: keyof Address, autoComplete: string, required: boolean) => (
    <Field
      label={t(required ? `address-${name}` : `address-${name}-optional`)}
      name={name}
      value={address[name] ?? ""}
      autoComplete={autoComplete}
      required={required}
      error={problems[name] && t(`address-${name}-missing`)}
      onInput={(value) => onChange({ ...address, [name]: value })}
    />
  );
  const postcode = form.postcode && line("postcode", "postal-code", true);
  return (
    <div class="stack">
      <Select
        label={t("address-country")}
        name="country"
        value={address.country}
        autoComplete="country"
        options={address.country ? destinationOptions() : [{ value: "", label: "" }, ...destinationOptions()]}
        error={problems.country && t("address-country-missing")}
        onChange={(country) => onChange({ ...address, country })}
      />
      {line("name", "name", true)}
      {line("line1", "address-line1", true)}
      {line("line2", "address-line2", false)}
      <div class="pair">
        {form.postcodeFirst && postcode}
        {line("city", "address-level2", true)}
        {!form.postcodeFirst && postcode}
      </div>
      {form.region && line("region", "address-level1", ["US", "CA", "AU"].includes(address.country))}
      <Field
        label={t("address-phone-optional")}
        name="phone"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        value={address.phone ?? ""}
        hint={t("address-phone-hint")}
        onInput={(phone) => onChange({ ...address, phone })}
      />
    </div>
  );
}
