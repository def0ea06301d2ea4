/** Mozilla's own implementation of RFC 8188 and 8291, the independent reader of what the server encrypts. */
declare module "http_ece" {
  import type { ECDH } from "node:crypto";
  interface Parameters {
    version: "aes128gcm";
    privateKey: ECDH;
    dh?: string | Buffer;
    authSecret: string | Buffer;
  }
  export function encrypt(plain: Buffer, parameters: Parameters): Buffer;
  export function decrypt(encrypted: Buffer, parameters: Parameters): Buffer;
}
