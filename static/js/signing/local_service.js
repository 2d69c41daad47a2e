/* The signing program on the signer's own machine: it holds the token, asks for its PIN, and never
   shows either to this page.

   POST {address}/sign, JSON:
     {"certificate": base64 of DER, "algorithm": "RSA-SHA256" | "ECDSA-SHA256",
      "digests": [{"id": "12-xml", "name": "Lê Minh Anh", "digest": base64 of 32 bytes, SHA-256},
                  {"id": "12-pdf", "name": "Lê Minh Anh", "digest": …}]}
   Each card has two digests, of its XML and of its PDF, one after the other.
   Answer 200, JSON, one entry for each digest, in any order:
     {"signatures": [{"id": "12-xml", "signature": base64}, {"id": "13-pdf", "refusal": "why not"}]}
   A card is signed when both have come; a refusal of one is a refusal of the card.
   An RSA value is PKCS#1 v1.5 over the DigestInfo of SHA-256; an ECDSA value is DER, or r and s
   side by side. The program answers the site's origin by CORS (Access-Control-Allow-Origin).

   A maker's own protocol goes into a class of its own with the same `sign`. */

import { isNetworkFailure } from "../grid/identity.js";

const LONGEST_WAIT_MS = 300_000; // a person looks for her token and types its PIN

export class ServiceUnreachable extends Error {}

export class LocalSigningService {
  constructor(address) {
    this.address = address;
  }

  /* From what `prepare_signatures` answers to what `complete_signature` takes. */
  async sign({ certificate, signatures }) {
    const [{ algorithm }] = signatures;
    const digests = signatures.flatMap(digestsOf);
    const answer = await this.post({ certificate, algorithm, digests });
    const answers = new Map(answer.signatures.map((value) => [value.id, value]));
    return signatures.map(({ task }) => answerFor(task, answers)).filter(Boolean);
  }

  async post(body) {
    try {
      const response = await fetch(`${this.address}/sign`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        credentials: "omit",
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(LONGEST_WAIT_MS),
      });
      if (!response.ok) throw new ServiceUnreachable();
      return await response.json();
    } catch (error) {
      if (isNetworkFailure(error)) throw new ServiceUnreachable();
      throw error;
    }
  }
}

function digestsOf({ task, name, digest, pdf_digest: pdfDigest }) {
  return [
    { id: `${task}-xml`, name, digest },
    { id: `${task}-pdf`, name, digest: pdfDigest },
  ];
}

/* Both values of a card, or why there are none; nothing where the program left one out. */
function answerFor(task, answers) {
  const [xml, pdf] = ["xml", "pdf"].map((part) => answers.get(`${task}-${part}`));
  const refusal = xml?.refusal || pdf?.refusal;
  if (refusal) return { task, refusal };
  if (!xml?.signature || !pdf?.signature) return null;
  return { task, signature: xml.signature, pdf_signature: pdf.signature };
}
