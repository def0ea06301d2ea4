/** What `localStorage` holds of a person, beside the settings of the phone. */
const PERSONAL = /^(sampan-(checkout|quote|orders-seen|notices-seen)$|sell:)/;

/** At a log-out nothing of the person stays: no half-written address, no seller's list. */
export function forgetPersonal(): void {
  try {
    for (const key of Object.keys(localStorage)) if (PERSONAL.test(key)) localStorage.removeItem(key);
  } catch {
    // A forbidden storage holds nothing.
  }
}
