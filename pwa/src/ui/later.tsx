import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Skeleton } from "./skeleton";

/** A part of a screen that is fetched after the first paint; a skeleton of `height` keeps its place. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  height: string,
): ComponentType<Props> {
  let ready: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [Part, show] = useState(() => ready);
    useEffect(() => {
      if (Part) return;
      load().then(
        (part) => {
          ready = part;
          show(() => part);
        },
        (problem) => console.warn("A part of the screen could not be fetched.", problem),
      );
    }, [Part]);
    return Part ? <Part {...props} /> : <Skeleton height={height} />;
  };
}
