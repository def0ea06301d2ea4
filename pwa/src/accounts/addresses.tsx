import { useState } from "preact/hooks";
import { loaded } from "../db/mirror";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { stateOf } from "../sync/status";
import { Button, IconButton } from "../ui/button";
import { countryName } from "../ui/country";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";
import { Sheet } from "../ui/sheet";
import { SkeletonList } from "../ui/skeleton";
import { toastUndo } from "../ui/toast";
import {
  type Address,
  addresses,
  emptyAddress,
  oneLine,
  problemsOf,
  removeAddress,
  type SavedAddress,
  saveAddress,
} from "./address";
import "./accounts.css";
import { AddressForm } from "./address-form";
import { country } from "./preferences";

/** Saved addresses; changed offline too, each with its state until the server has it. */
export default function AddressesScreen() {
  const [editing, setEditing] = useState<{ id: string | undefined; address: Address } | null>(null);
  const [strict, setStrict] = useState(false);
  const [busy, setBusy] = useState(false);
  usePage({ title: t("address-title"), back: "/you" });

  const edit = (saved?: SavedAddress) => {
    setStrict(false);
    setEditing({ id: saved?.id, address: saved ?? emptyAddress(country.value ?? "") });
  };
  const save = async () => {
    if (!editing) return;
    if (Object.keys(problemsOf(editing.address)).length > 0) return setStrict(true);
    setBusy(true);
    if (await saveAddress(editing.address, editing.id)) setEditing(null);
    setBusy(false);
  };

  if (!loaded.value) return <SkeletonList rows={2} height="5rem" />;
  return (
    <div class="screen">
      {addresses.value.length === 0 ? (
        <Empty title={t("address-none-title")} text={t("address-none-text")} />
      ) : (
        <ul class="list">
          {addresses.value.map((address) => (
            <Row key={address.id} address={address} onEdit={() => edit(address)} />
          ))}
        </ul>
      )}
      <Button look="primary" wide icon="plus" onClick={() => edit()}>
        {t("address-add")}
      </Button>
      <Sheet
        open={editing !== null}
        onClose={() => setEditing(null)}
        title={t(editing?.id ? "address-edit" : "address-add")}
      >
        {editing && (
          <AddressForm
            address={editing.address}
            strict={strict}
            onChange={(address) => setEditing({ ...editing, address })}
          />
        )}
        <Button look="primary" wide busy={busy} onClick={() => void save()}>
          {t("ui-save")}
        </Button>
      </Sheet>
    </div>
  );
}

function Row({ address, onEdit }: { address: SavedAddress; onEdit: () => void }) {
  const state = stateOf((op) => op.kind.startsWith("address.") && op.address_id === address.id);
  const { id, ...fields } = address;
  const remove = () => {
    void removeAddress(id);
    toastUndo(t("address-removed"), () => void saveAddress(fields, id));
  };
  return (
    <li class="row wish">
      <button type="button" class="list-row" onClick={onEdit}>
        <Icon name="place" />
        <span class="grow">
          <strong>{address.name}</strong>
          <span class="small muted device-line">{oneLine(address, countryName(address.country))}</span>
          {state !== "confirmed" && <span class="small tone-amber device-line">{t("address-waiting")}</span>}
        </span>
        <Icon name="pencil" size={20} />
      </button>
      <IconButton icon="bin" label={t("address-remove", { name: address.name })} onClick={remove} />
    </li>
  );
}
