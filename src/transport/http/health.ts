/**
 * Tells whoever watches over the server whether it lives, and whether it can do its work.
 *
 * @module
 */

/** How one thing is that the work needs. */
export interface Check {
  readonly ok: boolean;
  /** What is wrong keeps the server from nothing: it stays ready. */
  readonly tolerated?: true;
  /** A word or two for the operator, without values that belong to somebody. */
  readonly note?: string;
}

/** What the server knows of itself. */
export interface Health {
  /** Checks all that the work needs, by name. */
  check(): Promise<Readonly<Record<string, Check>>>;
}

/** The paths that are answered to anybody, whatever host they are called by: those who ask call by address. */
export const HEALTH_PATHS = ["/healthz", "/readyz"] as const;

/**
 * Answers a question about the health.
 *
 * @param path Which one.
 * @param health What the server knows of itself.
 * @returns 200, or 503 where it can't do its work.
 */
export async function healthResponse(path: string, health: Health): Promise<Response> {
  if (path === "/healthz") return Response.json({ status: "ok" });
  const checks = await health.check();
  const isReady = Object.values(checks).every(({ ok, tolerated }) => ok || tolerated);
  return Response.json({ status: isReady ? "ready" : "not ready", checks }, { status: isReady ? 200 : 503 });
}
