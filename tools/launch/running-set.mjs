// Everything that one run started: watched while it runs, stopped last to first.

/** @typedef {{ child: import('./child.mjs').Child, stop: () => Promise<void> }} Service */

export class RunningSet {
  /** @type {Service[]} */
  #services = [];
  #stopping = false;
  /** @type {(why: string) => void} */
  #died = () => undefined;

  /** @type {Promise<string>} fulfilled, with the reason in words, when something that was started ends by itself */
  death = new Promise((done) => (this.#died = done));

  /**
   * @template {Service} T
   * @param {T} service
   * @returns {T}
   * @throws {Error} when all is being stopped: what came too late is stopped by the next `stop`
   */
  add(service) {
    this.#services.push(service);
    if (this.#stopping) throw new Error('asked to stop');
    void service.child.ended.then((how) => {
      if (!this.#stopping)
        this.#died(`${service.child.name} ${how}. ${service.child.log} ends with:\n${service.child.tail()}`);
    });
    return service;
  }

  /** Stops all, the last started first: the product before what it stands on. */
  async stop() {
    this.#stopping = true;
    for (const { stop } of this.#services.splice(0).reverse()) await stop();
  }
}
