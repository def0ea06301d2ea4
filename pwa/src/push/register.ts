import { repeatSubscription } from "./subscription";

/** Called once after the first paint of every start. Never fails the start. */
export async function registerPush(): Promise<void> {
  await repeatSubscription().catch((problem) => console.warn("The push subscription could not be repeated.", problem));
}
