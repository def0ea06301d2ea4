import { useCallback, useEffect, useRef, useState } from "preact/hooks";

/** What a screen knows of something it fetches. While a reload runs, the old data stays. */
export interface Loaded<T> {
  data: T | null;
  error: unknown;
  loading: boolean;
  retry: () => void;
  /** Puts newer data in place, e.g. the answer to a tap. */
  put: (data: T) => void;
}

/** Fetches when `key` changes; a null key fetches nothing. `initial` saves the first fetch (the page's data island). */
export function useLoad<T>(key: string | null, load: () => Promise<T>, initial?: T | null): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; data: T | null; error: unknown; loading: boolean }>({
    key,
    data: initial ?? null,
    error: null,
    loading: !initial && key !== null,
  });
  const [attempt, setAttempt] = useState(0);
  const given = useRef(initial ? key : null);

  useEffect(() => {
    if (key === null) return;
    if (given.current === key && attempt === 0) return;
    given.current = null;
    let current = true;
    setState((old) => ({ key, data: old.key === key ? old.data : null, error: null, loading: true }));
    load().then(
      (data) => current && setState({ key, data, error: null, loading: false }),
      (error: unknown) => current && setState((old) => ({ ...old, error, loading: false })),
    );
    return () => {
      current = false;
    };
  }, [key, attempt]);

  // What failed without a connection is asked again with the next one.
  useEffect(() => {
    if (!(state.error instanceof TypeError)) return;
    const again = () => setAttempt((n) => n + 1);
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [state.error]);

  const fresh = state.key === key;
  return {
    data: fresh ? state.data : null,
    error: fresh ? state.error : null,
    loading: fresh ? state.loading : key !== null,
    retry: useCallback(() => setAttempt((n) => n + 1), []),
    put: useCallback((data: T) => setState((old) => ({ ...old, data, error: null })), []),
  };
}
