import { idb } from "./app.ts";

/** One browser's storage: what the app keeps there, read and copied from outside. */
export type Storage = InstanceType<typeof idb.IDBFactory>;

const NAME = "sampan";

export const emptyStorage = (): Storage => new idb.IDBFactory() as Storage;

/** These stores as they are at one moment; empty where the app has not been yet. */
export async function rowsOf<Store extends string>(storage: Storage, stores: readonly Store[]): Promise<Record<Store, Row[]>> {
  const db = await opened(storage);
  if (!db) return Object.fromEntries(stores.map((store) => [store, []])) as unknown as Record<Store, Row[]>;
  const tx = db.transaction([...stores]);
  const rows = await Promise.all(stores.map((store) => answered<Row[]>(tx.objectStore(store).getAll())));
  db.close();
  return Object.fromEntries(stores.map((store, n) => [store, rows[n]])) as Record<Store, Row[]>;
}

// biome-ignore lint/suspicious/noExplicitAny: rows are what the app wrote.
export type Row = any;

/** A second phone that holds the same, as a restored backup of a whole phone does. */
export async function copyOf(storage: Storage): Promise<Storage> {
  const copy = emptyStorage();
  const from = await opened(storage);
  if (!from) return copy;
  const opening = copy.open(NAME, from.version);
  const to = await new Promise<IDBDatabase>((done) => {
    opening.onupgradeneeded = () => {
      const tx = from.transaction([...from.objectStoreNames]);
      for (const name of from.objectStoreNames) {
        const { keyPath, autoIncrement, indexNames } = tx.objectStore(name);
        const store = opening.result.createObjectStore(name, { keyPath, autoIncrement });
        for (const index of indexNames) store.createIndex(index, tx.objectStore(name).index(index).keyPath);
      }
    };
    opening.onsuccess = () => done(opening.result as unknown as IDBDatabase);
  });
  const names = [...from.objectStoreNames];
  const reading = from.transaction(names);
  const rows = await Promise.all(
    names.map(async (name) => {
      const store = reading.objectStore(name);
      return Promise.all([answered<IDBValidKey[]>(store.getAllKeys()), answered<Row[]>(store.getAll())]);
    }),
  );
  const writing = to.transaction(names, "readwrite");
  for (const [n, [keys, values]] of rows.entries()) {
    const store = writing.objectStore(names[n] ?? "");
    for (const [each, value] of values.entries()) store.keyPath === null ? store.put(value, keys[each]) : store.put(value);
  }
  await new Promise((done) => (writing.oncomplete = done));
  from.close();
  to.close();
  return copy;
}

async function opened(storage: Storage): Promise<IDBDatabase | null> {
  const known = await storage.databases();
  if (!known.some(({ name }) => name === NAME)) return null;
  return answered(storage.open(NAME) as unknown as IDBOpenDBRequest);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}
