/**
 * An upstream that takes its time.
 *
 * @module
 */

import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { serveSandbox } from "../../src/sandbox/serve.ts";

/** An upstream that lets requests wait until it is told to answer, and sees who goes away. */
export interface SlowUpstream extends AsyncDisposable {
  readonly url: string;
  /** Requests are answered as they come. */
  answersAtOnce: boolean;
  /** Answers those that wait, and the later ones as they come. */
  answerAll(): void;
  /** How many requests came. */
  arrived(): number;
  /** How many were broken off. */
  gone(): number;
}

/** Serves it on loopback. */
export async function startSlowUpstream(): Promise<SlowUpstream> {
  let arrived = 0;
  let gone = 0;
  const waiting = new Set<(response: Response) => void>();
  const answer = () => Response.json({ items: [] });
  const served = await serveSandbox({
    ...createSandbox([]),
    fetch({ signal }) {
      arrived++;
      if (upstream.answersAtOnce) return Promise.resolve(answer());
      const { promise, resolve, reject } = Promise.withResolvers<Response>();
      waiting.add(resolve);
      signal.addEventListener("abort", () => {
        gone++;
        reject(signal.reason);
      });
      return promise;
    },
  });
  const upstream: SlowUpstream = {
    url: served.url,
    answersAtOnce: false,
    answerAll() {
      upstream.answersAtOnce = true;
      for (const resolve of waiting) resolve(answer());
    },
    arrived: () => arrived,
    gone: () => gone,
    [Symbol.asyncDispose]: () => served.close(),
  };
  return upstream;
}
