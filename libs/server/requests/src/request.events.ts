/** Fact: somebody made a request. Payload: `requestId`, `eventId`. */
export const REQUEST_CREATED = 'RequestCreated';
/** Fact: something happened to a request; the event tells what. Payload: `requestId`, `eventId`. */
export const REQUEST_CHANGED = 'RequestChanged';
