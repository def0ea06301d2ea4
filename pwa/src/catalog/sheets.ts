import type { ComponentChildren } from "preact";
import { h } from "preact";
import { useState } from "preact/hooks";
import type { LandedSheets } from "./landed-sheets";
import type { Part, Quote } from "./quote";

/** What a sheet is about: the rules of a part or of all, where it goes and who buys, how it travels, or who pays at the border. */
export interface Showing {
  what: Part | "all" | "where" | "buyer" | "travel" | "terms";
  /** One parcel; null: all of them. */
  parcel: string | null;
}

/** The sheets behind the numbers of a quote, fetched with the first tap: no first paint needs a dialog. */
export function useLandedSheets(quote: Quote | null): {
  show: (what: Showing["what"], parcel?: string | null) => void;
  sheets: ComponentChildren;
} {
  const [showing, setShowing] = useState<Showing | null>(null);
  const [Sheets, setSheets] = useState<typeof LandedSheets | null>(null);
  const show = async (what: Showing["what"], parcel: string | null) => {
    const { LandedSheets } = await import("./landed-sheets");
    setSheets(() => LandedSheets);
    setShowing({ what, parcel });
  };
  return {
    show: (what, parcel = null) => void show(what, parcel),
    sheets: Sheets && h(Sheets, { quote, showing, onClose: () => setShowing(null) }),
  };
}
