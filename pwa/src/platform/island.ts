/** What the server already knew when it sent the page: saves the first request of a cold start. */
interface Island {
  path: string;
  locale: string;
  currency: string;
  build: string;
  data: Record<string, unknown>;
}

const island = read();

/** The language, currency and build the page was rendered with. */
export const page = {
  locale: island?.locale,
  currency: island?.currency ?? "EUR",
  build: island?.build ?? "",
};

/** The page's data when `path` (with its query) is the very page the server rendered; null everywhere else. */
export function islandData<T>(path: string = location.pathname + location.search): T | null {
  return island && island.path === path ? (island.data as T) : null;
}

function read(): Island | null {
  const text = globalThis.document?.getElementById("island")?.textContent;
  try {
    return text ? (JSON.parse(text) as Island) : null;
  } catch {
    return null;
  }
}
