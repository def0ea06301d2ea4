/** The phone's clock, in one place so that tests can set it. Its value is never trusted by the server. */
export const clock = {
  /** Epoch milliseconds. */
  now: (): number => Date.now(),
};
