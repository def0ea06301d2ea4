import { useState } from "preact/hooks";

/** A list of words kept on this phone under a name: it outlives a reload and needs no signal. */
export function useKeptList(name: string): [readonly string[], (list: readonly string[]) => void] {
  const key = `sell:${name}`;
  const [state, setState] = useState<{ key: string; list: readonly string[] }>({ key, list: read(key) });
  const list: readonly string[] = state.key === key ? state.list : read(key);
  const put = (list: readonly string[]) => {
    setState({ key, list });
    try {
      if (list.length > 0) localStorage.setItem(key, JSON.stringify(list));
      else localStorage.removeItem(key);
    } catch {
      // A full or forbidden storage: the list lives as long as the screen.
    }
  };
  return [list, put];
}

function read(key: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
