import { ApiError } from "./api/api-error.ts";

/** Answers undefined instead when the API says that the resource is not there. */
export async function unlessGone<T>(
  answer: Promise<T>,
  gone: readonly number[] = [404],
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && gone.includes(error.httpStatus)) return undefined;
    throw error;
  }
}
