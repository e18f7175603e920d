import type { CDPSession } from '@playwright/test';

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

/** @throws Error where something that compresses came as it was: then the bytes are not those of Brotli. */
export function bytesOf(transfers: readonly Transfer[]): number {
  const plain = transfers.find(
    ({ type, encoding, bytes }) =>
      /^(Document|Script|Stylesheet)$/.test(type) && bytes > 1500 && encoding !== 'br',
  );
  if (plain) throw new Error(`${plain.url} came without Brotli`);
  return transfers.reduce((sum, { bytes }) => sum + bytes, 0);
}
