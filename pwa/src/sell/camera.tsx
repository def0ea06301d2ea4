import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { upcA } from "./gtin";

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string; format: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const detectorClass = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "qr_code"];
const LOOK_EVERY_MS = 200;
/** A code that stays before the lens counts once; out of sight this long, it may be the next piece. */
const GONE_MS = 1200;

/** Reads barcodes with the rear camera, where the browser can; asked for only on a tap. */
export function Camera({ onCode }: { onCode: (code: string) => void }) {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [failed, setFailed] = useState(false);
  const [isLit, setLit] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onCode);
  tell.current = onCode;
  const left = useRef(false);
  useEffect(
    () => () => {
      left.current = true;
    },
    [],
  );

  useEffect(() => {
    const element = video.current;
    if (!stream || !element || !detectorClass) return;
    element.srcObject = stream;
    element.play().catch(() => undefined);
    const detector = new detectorClass({ formats: FORMATS });
    const seen = new Map<string, number>();
    let busy = false;
    const look = async () => {
      if (busy || element.readyState < 2) return;
      busy = true;
      const found = await detector.detect(element).catch(() => []);
      busy = false;
      if (!stream.active) return;
      for (const { rawValue, format } of found) {
        const now = performance.now();
        const code = format === "upc_e" ? (upcA(rawValue) ?? rawValue) : rawValue;
        if (now - (seen.get(rawValue) ?? Number.NEGATIVE_INFINITY) > GONE_MS) tell.current(code);
        seen.set(rawValue, now);
      }
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    const close = () => setStream(null);
    const hide = () => document.hidden && close();
    document.addEventListener("visibilitychange", hide);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", hide);
      for (const track of stream.getTracks()) track.stop();
    };
  }, [stream]);

  if (!detectorClass || !navigator.mediaDevices) return null;
  const lamp = stream?.getVideoTracks().find((track) => "torch" in (track.getCapabilities?.() ?? {}));
  const open = async () => {
    setFailed(false);
    try {
      const given = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      // Who left while the browser asked is filmed by nobody.
      if (left.current || document.hidden) for (const track of given.getTracks()) track.stop();
      else {
        setLit(false);
        setStream(given);
      }
    } catch {
      setFailed(true);
    }
  };
  const light = async (lamp: MediaStreamTrack) => {
    try {
      await lamp.applyConstraints({ advanced: [{ torch: !isLit } as MediaTrackConstraintSet] });
      setLit(!isLit);
    } catch {
      // A lamp that does not obey changes nothing of the reading.
    }
  };
  return (
    <div class="stack">
      {stream && <video class="pack-video" ref={video} muted playsInline aria-label={t("pack-camera")} />}
      {lamp && (
        <Button icon="theme" onClick={() => void light(lamp)}>
          {t(isLit ? "pack-light-off" : "pack-light")}
        </Button>
      )}
      <Button icon={stream ? "close" : "search"} onClick={() => (stream ? setStream(null) : void open())}>
        {t(stream ? "pack-camera-off" : "pack-camera")}
      </Button>
      {failed && (
        <p class="small tone-vermilion" role="alert">
          {t("pack-camera-failed")}
        </p>
      )}
    </div>
  );
}
