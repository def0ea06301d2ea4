import { createECDH, randomBytes } from "node:crypto";
import { decrypt } from "http_ece";
import type { PushService, ReceivedPush } from "./push-service.ts";

export type Subscriber = ReturnType<typeof subscriber>;

/** A subscription whose private key the test holds. */
export function subscriber(service: PushService) {
  const ecdh = createECDH("prime256v1");
  ecdh.generateKeys();
  const auth = randomBytes(16);
  const endpoint = service.mailbox();
  return {
    endpoint,
    keys: { p256dh: ecdh.getPublicKey("base64url"), auth: auth.toString("base64url") },
    posts: () => service.posts.filter((post) => post.endpoint === endpoint),
    read: (post: ReceivedPush) =>
      JSON.parse(decrypt(post.body, { version: "aes128gcm", privateKey: ecdh, authSecret: auth }).toString()),
  };
}
