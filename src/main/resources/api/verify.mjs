import { createHmac, timingSafeEqual } from "node:crypto";

// secret: whsec_…; headers with small letters; body: the bytes as they came, a Buffer.
export function verify(secret, headers, body) {
  if (Math.abs(Date.now() / 1000 - Number(headers["webhook-timestamp"])) > 300) throw new Error("too old");
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = Buffer.concat([Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`), body]);
  const wanted = Buffer.from("v1," + createHmac("sha256", key).update(signed).digest("base64"));
  const found = headers["webhook-signature"].split(" ").map((one) => Buffer.from(one));
  if (!found.some((one) => one.length === wanted.length && timingSafeEqual(one, wanted))) throw new Error("not from us");
}
