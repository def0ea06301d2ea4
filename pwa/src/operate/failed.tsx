import { Problem } from "../platform/http";
import { t } from "../platform/locale";
import { Empty, LoadError } from "../ui/empty";

/** The account lacks the right. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Problem && (error.status === 403 || error.status === 401);
}

/** A load that failed in this wing: for want of the right, or for want of an answer. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  return isForbidden(error) ? (
    <Empty drawing="search" title={t("operate-forbidden")} text={t("operate-forbidden-text")} />
  ) : (
    <LoadError error={error} retry={retry} />
  );
}
