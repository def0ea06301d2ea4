import { api, Problem } from "../platform/http";
import { t } from "../platform/locale";

export interface Me {
  scope_id: string;
  /** `guest` or `account` */
  kind: string;
  email: string | null;
  email_pending: string | null;
  locale: string | null;
  country: string | null;
  currency: string | null;
  roles: string[];
  shops: { slug: string; name: string }[];
}

export interface Device {
  device_id: string;
  name: string | null;
  created_at: string;
  last_seen_at: string | null;
  current: boolean;
}

export const fetchMe = (): Promise<Me> => api("GET", "/api/v1/me");
export const changeEmail = (email: string, password: string): Promise<void> =>
  api("POST", "/api/v1/me/email", { email, password });
export const confirmEmail = (token: string): Promise<void> =>
  api("POST", "/api/v1/me/email/confirm", { token }, { auth: "none" });
export const exportMine = (): Promise<unknown> => api("GET", "/api/v1/me/export");
export const deleteMine = (): Promise<void> => api("DELETE", "/api/v1/me");

export const forgotPassword = (email: string): Promise<void> =>
  api("POST", "/api/v1/auth/password/forgot", { email }, { auth: "none" });
export const resetPassword = (token: string, password: string): Promise<void> =>
  api("POST", "/api/v1/auth/password/reset", { token, password }, { auth: "none" });

export const fetchDevices = (): Promise<{ items: Device[] }> => api("GET", "/api/v1/devices");
export const signOut = (device: string): Promise<void> =>
  api("DELETE", `/api/v1/devices/${encodeURIComponent(device)}`);
export const signOutOthers = (): Promise<void> => api("POST", "/api/v1/devices/sign-out-others");

/** In characters, as the server counts them. */
export const MIN_PASSWORD = 8;

/** What went wrong with an account call, in the shopper's words; the server's own for a named field. */
export function wordsFor(error: unknown): string {
  if (!(error instanceof Problem)) return t("account-unreachable");
  if (error.status === 401 || error.status === 403) return t("account-wrong");
  if (error.slug === "too-many-requests") return t("account-too-many");
  if (error.slug === "conflict") return t("account-taken");
  if (error.slug === "not-found") return t("account-link-used");
  return error.body.errors?.[0]?.detail ?? error.body.detail ?? t("ui-error-text");
}

/** What the server says of one field, by the end of its JSON pointer. */
export function fieldProblem(error: unknown, field: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  return error.body.errors?.find(({ pointer }) => pointer.split("/").pop() === field)?.detail;
}
