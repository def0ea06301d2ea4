// The browser offers the install once, early: from here on the offer is kept until it is wanted.
import "./install";
import { repeatSubscription } from "./subscription";

/** Called once after the first paint of every start. Never fails the start. */
export async function registerPush(): Promise<void> {
  await repeatSubscription().catch((problem) => console.warn("The push subscription could not be repeated.", problem));
}
