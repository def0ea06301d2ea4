import { computed } from "@preact/signals";
import { enqueue } from "../db/outbox";
import { uuidv7 } from "../platform/ids";
import { view } from "../sync/view";

/** Where a parcel goes. The same shape is a saved address and an order's `ship_to`. */
export interface Address {
  name: string;
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postcode?: string;
  country: string;
  phone?: string;
}

export interface SavedAddress extends Address {
  id: string;
}

/** The shopper's addresses, also those not sent yet; the newest first. */
export const addresses = computed<SavedAddress[]>(() =>
  [...view.value.all<Address | null>("address")]
    .filter((entry): entry is [string, Address] => !!entry[1])
    .map(([id, address]) => ({ ...address, id }))
    .sort((a, b) => (a.id < b.id ? 1 : -1)),
);

/** False when this phone could not keep it; the shopper is told. */
export async function saveAddress(address: Address, id: string = uuidv7()): Promise<boolean> {
  const { id: _, address_id: __, ...fields } = address as Address & { id?: string; address_id?: string };
  return (await enqueue({ kind: "address.put", address_id: id, ...filled(fields) })) !== null;
}

export const removeAddress = (id: string) => enqueue({ kind: "address.remove", address_id: id });

/** Without the lines left empty, and without spaces at the ends. */
export function filled(address: Address): Address {
  const trimmed = Object.entries(address).map(([name, value]) => [name, String(value ?? "").trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value)) as unknown as Address;
}

/** Countries whose addresses carry no postcode, and those where a region must be named. */
const noPostcode = new Set(["AE", "HK", "QA", "IE"]);
const wantsRegion = new Set(["US", "CA", "AU", "BR", "MX", "IN", "JP", "CN", "AE", "ES", "IT", "MY"]);

/** Which lines a country's form has. */
export function formOf(country: string): { postcode: boolean; region: boolean; postcodeFirst: boolean } {
  return {
    postcode: !noPostcode.has(country),
    region: wantsRegion.has(country),
    postcodeFirst: !["US", "CA", "AU", "GB", "IN", "NZ"].includes(country),
  };
}

/** What is missing, by field; empty when the address can be used. */
export function problemsOf(address: Address): Partial<Record<keyof Address, true>> {
  const { postcode, region } = formOf(address.country);
  const problems: Partial<Record<keyof Address, true>> = {};
  if (!address.name.trim()) problems.name = true;
  if (!address.line1.trim()) problems.line1 = true;
  if (!address.city.trim()) problems.city = true;
  if (!address.country) problems.country = true;
  if (postcode && !address.postcode?.trim()) problems.postcode = true;
  if (region && ["US", "CA", "AU"].includes(address.country) && !address.region?.trim()) problems.region = true;
  return problems;
}

export const emptyAddress = (country: string): Address => ({ name: "", line1: "", city: "", country });

/** An address in one line, as a list shows it. */
export function oneLine(address: Address, countryName: string): string {
  return [
    address.line1,
    address.line2,
    [address.postcode, address.city].filter(Boolean).join(" "),
    address.region,
    countryName,
  ]
    .filter(Boolean)
    .join(", ");
}
