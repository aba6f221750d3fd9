/** The little of WebAssembly that this project uses; Node's types leave it out, the browser's bring a browser. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum: number });
    readonly buffer: ArrayBuffer;
    /** @throws RangeError when the memory is not to be had */
    grow(pages: number): number;
  }
}
