/** @typedef {"room" | "most" | "pdf" | "pdf_large"} Fault */

/** Why a file was not attached. */
export class FileFault extends Error {
  /** @param {Fault} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}
