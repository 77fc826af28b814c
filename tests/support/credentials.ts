/**
 * What a request to file is sent with, for those who talk to a running service.
 * @param url the service
 */
export async function credentials(_url: string): Promise<Record<string, string>> {
  return {};
}
