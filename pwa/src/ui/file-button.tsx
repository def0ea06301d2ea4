interface FileButtonProps {
  label: string;
  /** What may be chosen, as `accept` says it. */
  accept: string;
  disabled: boolean;
  onFile: (file: File) => void;
}

/** A button that asks for a file; the same file may be chosen again, as it may have been mended meanwhile. */
export function FileButton({ label, accept, disabled, onFile }: FileButtonProps) {
  return (
    <label class="button button-wide file-button">
      <input
        class="visually-hidden"
        type="file"
        accept={accept}
        disabled={disabled}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
      <span>{label}</span>
    </label>
  );
}
