import { t } from "../platform/locale";
import type { SellerBatch } from "./queries";

/** "3 products, 48 pieces". */
export function BatchCount({ batch }: { batch: SellerBatch }) {
  const pieces = batch.lines.reduce((sum, line) => sum + line.quantity, 0);
  return <>{t("sell-count", { products: batch.lines.length, pieces })}</>;
}
