// CloudFront Function (cloudfront-js-2.0), before the cache: addresses of folders lead to their page. The bucket behind
// knows keys alone.

/** Folders that are addressed without a file: an organ, a year of it. */
const FOLDER = /^\/[0-9A-Z]{18}(\/\d{4})?$/;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request;
  if (request.uri.endsWith("/")) {
    request.uri += "index.html";
    return request;
  }
  if (!FOLDER.test(request.uri)) return request;
  // Relative links of the page need the slash.
  return {
    statusCode: 301,
    statusDescription: "Moved Permanently",
    headers: { location: { value: `${request.uri}/` }, "cache-control": { value: "public, max-age=3600" } },
  };
}
