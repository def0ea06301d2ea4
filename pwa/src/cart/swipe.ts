import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

const START_PX = 12;
const GONE_SHARE = 0.4;

/** Lets an element be swiped away sideways. Follows the finger by a CSS variable; vertical scrolling stays the browser's. */
export function useSwipe(away: () => void): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  const act = useRef(away);
  act.current = away;

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let from: { x: number; y: number } | null = null;
    let moved = 0;
    let swiping = false;

    const shift = (px: number) => element.style.setProperty("--swipe", `${px}px`);
    const end = (gone: boolean) => {
      const width = element.offsetWidth;
      element.toggleAttribute("data-swiping", false);
      from = null;
      if (swiping && gone && Math.abs(moved) > width * GONE_SHARE) {
        shift(Math.sign(moved) * width);
        act.current();
      } else shift(0);
      // The click that follows a swipe must not open the product.
      setTimeout(() => {
        swiping = false;
      });
    };
    const down = (event: PointerEvent) => {
      const onControl = (event.target as Element).closest("button, input");
      if (event.pointerType === "mouse" || onControl) return;
      from = { x: event.clientX, y: event.clientY };
      moved = 0;
    };
    const move = (event: PointerEvent) => {
      if (!from) return;
      moved = event.clientX - from.x;
      if (!swiping) {
        if (Math.abs(moved) < START_PX || Math.abs(moved) < Math.abs(event.clientY - from.y)) return;
        swiping = true;
        element.setPointerCapture(event.pointerId);
        element.toggleAttribute("data-swiping", true);
      }
      shift(moved);
    };
    const up = () => end(true);
    const cancel = () => end(false);
    const click = (event: Event) => {
      if (swiping) event.preventDefault();
    };

    element.addEventListener("pointerdown", down);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", up);
    element.addEventListener("pointercancel", cancel);
    element.addEventListener("click", click, true);
    return () => {
      element.removeEventListener("pointerdown", down);
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", up);
      element.removeEventListener("pointercancel", cancel);
      element.removeEventListener("click", click, true);
    };
  }, []);
  return ref;
}
