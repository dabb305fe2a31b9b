/**
 * The shape of the one thing that reaches the network.
 *
 * @module
 */

/** Sends a request and answers it: the global `fetch`, the simulated organization, or a test's own. */
export type Fetch = (request: Request) => Promise<Response>;
