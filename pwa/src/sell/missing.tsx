import { useState } from "preact/hooks";
import { Problem } from "../platform/http";
import { uuidv7 } from "../platform/ids";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { wholeNumber } from "../ui/stepper";
import type { Packable } from "./picks";
import { tellMissing } from "./queries";

interface MissingProps {
  batch: string;
  line: Packable["lines"][number];
  /** Pieces that are not in the box yet. */
  left: number;
  onDone: (batch: Packable) => void;
}

/** What the shelf does not hold although the count says so; a second tap on the same form tells nothing twice. */
export function MissingForm({ batch, line, left, onDone }: MissingProps) {
  const [id] = useState(uuidv7);
  const [pieces, setPieces] = useState(String(left));
  const [day, setDay] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const count = wholeNumber(pieces);
    if (!count || count > left) return setError(t("missing-pieces-wrong", { count: left }));
    if (!day) return setError(t("missing-day-wrong"));
    setBusy(true);
    setError("");
    try {
      onDone(await tellMissing(batch, { id, sku: line.sku, pieces: count, expected_on: day }));
    } catch (problem) {
      setError(problem instanceof Problem ? problem.message : t("missing-not-sent"));
    }
    setBusy(false);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>
        <strong>{line.title}</strong>
      </p>
      <p class="small muted">{t("missing-text")}</p>
      <Field
        label={t("missing-pieces")}
        name="pieces"
        inputMode="numeric"
        value={pieces}
        maxLength={7}
        onInput={setPieces}
      />
      <Field label={t("stock-coming-day")} name="expected_on" type="date" value={day} onInput={setDay} />
      {error && (
        <p class="small tone-vermilion" role="alert">
          {error}
        </p>
      )}
      <Button look="primary" wide type="submit" busy={busy}>
        {t("missing-send")}
      </Button>
    </form>
  );
}
