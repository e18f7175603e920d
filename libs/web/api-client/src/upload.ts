import { inject, Service } from '@angular/core';
import { ApiFailure, failureBy } from './failure';
import { headersOf } from './early/place';
import { PLACE } from './place-token';
import { isRefusal, type RefusalData } from './refused';

/** What became of a file: an answer of the server, or its refusals. */
export interface Uploaded {
  ok: boolean;
  refusals: readonly RefusalData[];
}

/** Files over plain HTTP, with progress, which fetch does not tell. */
@Service()
export class Uploads {
  private readonly place = inject(PLACE);

  /** Sends one file in the field `file`. `progress` gets 0…1. @throws ApiFailure */
  send(url: string, file: File, progress: (share: number) => void, signal?: AbortSignal): Promise<Uploaded> {
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open('POST', url);
      for (const [name, value] of Object.entries(headersOf(this.place)))
        request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
      request.onerror = () => fail(new ApiFailure('offline'));
      request.onabort = () => fail(new DOMException('The upload was given up', 'AbortError'));
      request.onload = () => {
        const refusals = refusalsIn(request.responseText);
        if (request.status < 300) done({ ok: true, refusals: [] });
        else if (refusals.length) done({ ok: false, refusals });
        else
          fail(failureBy(undefined, request.status, request.getResponseHeader('x-request-id') ?? undefined));
      };
      signal?.addEventListener('abort', () => request.abort());
      const body = new FormData();
      body.append('file', file);
      request.send(body);
    });
  }
}

function refusalsIn(text: string): RefusalData[] {
  try {
    const answer: unknown = JSON.parse(text);
    const list = answer && typeof answer === 'object' && 'refusals' in answer ? answer.refusals : [];
    return Array.isArray(list) ? list.filter(isRefusal) : [];
  } catch {
    return [];
  }
}
