/** Looks for a newer build of the app now, e.g. when the server said that this one is too old. */
export async function checkForUpdate(): Promise<void> {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration();
  await registration?.update().catch(() => undefined);
}
