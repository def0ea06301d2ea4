import { computed, signal } from "@preact/signals";
import { scope } from "../db/mirror";
import type { Account } from "../db/schema";
import { useTokens } from "./http";

/**
 * Who is shopping on this phone: a guest from the first tap, perhaps an account later. A guest can always prove
 * itself anew by its device secret; an account whose login ended must log in, while its cart goes on being sent
 * by the device's own authority.
 */
export const account = computed<Account | null>(() => scope.value?.account ?? null);
/** The account's login ended: it can read nothing until the shopper logs in again; taps are still sent. */
export const signedOut = signal(false);
/** The browser had thrown this phone's data away and it was fetched anew; shown once. */
export const restored = signal(false);

export const isSeller = computed(() => account.value?.roles.includes("seller") ?? false);
export const isStaff = computed(
  () => account.value?.roles.some((role) => ["operator", "rules", "support"].includes(role)) ?? false,
);

/** Fetched when somebody first asks for a token or signs in, so that it does not weigh on the first paint. */
const desk = () => import("./sign-in");

/** Hands the session to `http`. Called once at start. */
export function startSession(): void {
  useTokens({
    token: async () => (await desk()).tokens.token(),
    renew: async (stale) => (await desk()).tokens.renew(stale),
  });
}

export interface Registration {
  email: string;
  password: string;
  locale?: string;
  country?: string;
}

/** Turns the guest into an account in place: cart, orders and unsent taps stay as they are. */
export const register = async (given: Registration): Promise<void> => (await desk()).register(given);

/**
 * Logs in. What the guest has tapped is sent first, then the account takes the guest's cart over, once.
 * An account that this phone has held before finds its own unsent taps again.
 */
export const login = async (email: string, password: string): Promise<{ absorbed: number }> =>
  (await desk()).login(email, password);

/** What becomes of taps that could not be sent when their owner logs out. */
export type Unsent = "keep" | "discard";

/**
 * Logs out on this phone; ask with `unsentOnLogout` first. Taps that could not be sent are kept under the account and go
 * out when it logs in again, or are thrown away, which only the shopper's own word allows. All else of the person goes.
 */
export const logout = async (unsent: Unsent = "keep"): Promise<void> => (await desk()).logout(unsent);

/** How many taps would stay behind if the shopper logged out now. */
export const unsentOnLogout = async (): Promise<number> => (await desk()).unsentOnLogout();
