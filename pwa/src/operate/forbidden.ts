import { Problem } from "../platform/http";

/** The account lacks the right. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Problem && (error.status === 403 || error.status === 401);
}
