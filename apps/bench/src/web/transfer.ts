import type { CDPSession } from '@playwright/test';

const CODE = /^(Document|Script|Stylesheet)$/;
const ONE_PACKET = 1500;

interface Transfer {
  url: string;
  type: string;
  /** Seconds of the browser's monotonic clock. */
  sentAt: number;
  encoding: string;
  bytes: number;
}

/** What went over the wire for a page: bytes as they came, heads of answers included. */
export class Transfers {
  private readonly all = new Map<string, Transfer>();

  static async watch(cdp: CDPSession): Promise<Transfers> {
    const transfers = new Transfers();
    const { all } = transfers;
    cdp.on('Network.requestWillBeSent', ({ requestId, timestamp, type = '', request: { url } }) =>
      all.set(requestId, { url, type, sentAt: timestamp, encoding: '', bytes: 0 }),
    );
    cdp.on('Network.responseReceived', ({ requestId, response }) => {
      const one = all.get(requestId);
      const named = Object.entries(response.headers).find(
        ([name]) => name.toLowerCase() === 'content-encoding',
      );
      if (one) one.encoding = named?.[1] ?? '';
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const one = all.get(requestId);
      if (one) one.bytes = encodedDataLength;
    });
    await cdp.send('Network.enable');
    return transfers;
  }

  /** Everything asked for in the first milliseconds of the page. */
  before(milliseconds: number): Transfer[] {
    const all = [...this.all.values()].filter(({ url }) => !url.startsWith('data:'));
    const [{ sentAt: began } = { sentAt: 0 }] = all;
    return all.filter(({ sentAt }) => (sentAt - began) * 1000 <= milliseconds);
  }
}

/**
 * Bytes of all, and of what came compressed by Brotli: documents, scripts, styles and pictures of lines, but not fonts (compressed by
 * themselves) and answers of the API. @throws Error where a document, script or style came as it was
 */
export function bytesOf(transfers: readonly Transfer[]): { all: number; brotli: number } {
  const plain = transfers.find(
    ({ type, encoding, bytes }) => CODE.test(type) && bytes > ONE_PACKET && encoding !== 'br',
  );
  if (plain) throw new Error(`${plain.url} came without Brotli`);
  const sum = (of: readonly Transfer[]): number => of.reduce((bytes, one) => bytes + one.bytes, 0);
  return { all: sum(transfers), brotli: sum(transfers.filter(({ encoding }) => encoding === 'br')) };
}
