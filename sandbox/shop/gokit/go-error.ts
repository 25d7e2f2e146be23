/** The service refused a request; caller and log see the same words. */
export class GoError extends Error {
  override readonly name = "GoError";
  readonly status: number;

  constructor(message: string, status = 500) {
    super(message);
    this.status = status;
  }
}
