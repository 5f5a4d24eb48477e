import { generateKeyPairSync, sign } from "node:crypto";

/** A new self-signed certificate for `localhost`, and its key, so that no private key is committed. */
export function selfSigned(validUntil: Date): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(objectId("2a8648ce3d040302")); // ecdsa-with-SHA256
  const name = sequence(der(0x31, sequence(objectId("550403"), der(0x0c, Buffer.from("localhost")))));
  const validity = sequence(time(new Date(0)), time(validUntil));
  const serial = der(0x02, Buffer.from([1]));
  const publicPart = publicKey.export({ type: "spki", format: "der" });
  const content = sequence(serial, algorithm, name, validity, name, publicPart);
  const signature = der(0x03, Buffer.from([0]), sign("sha256", content, privateKey));
  const certificate = sequence(content, algorithm, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  };
}

/** One element of ASN.1's distinguished encoding. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
/** As UTCTime: two digits of the year, to the second. */
const time = (date: Date) => der(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, "").slice(2, 14)}Z`));
