declare const bytes: Uint8Array;
export default bytes;
