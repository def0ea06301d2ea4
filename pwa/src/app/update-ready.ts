import { signal } from "@preact/signals";

/** A newer worker is installed and waits for the shopper's word. */
export const updateReady = signal(false);
