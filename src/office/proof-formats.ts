/** The formats of a proof: for paper, and to write in. */
export const PROOF_FORMATS = ["pdf", "docx"] as const;
export type ProofFormat = (typeof PROOF_FORMATS)[number];
