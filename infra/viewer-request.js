// CloudFront Function (cloudfront-js-2.0), before the cache: addresses of folders lead to their page. The bucket behind
// knows keys alone.

/** Folders that are addressed without a file: an organ, a year of it, a division. */
const FOLDER = /^\/(?:[0-9A-Z]{18}(?:\/\d{4})?|divisions\/\d{6})$/;

/** What a reader asked for after the address, as it was. */
function queryOf(querystring) {
  const pairs = Object.keys(querystring || {}).flatMap((name) => {
    const { value, multiValue } = querystring[name];
    return (multiValue || [{ value }]).map((one) => (one.value === "" ? name : `${name}=${one.value}`));
  });
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

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
    headers: {
      location: { value: `${request.uri}/${queryOf(request.querystring)}` },
      "cache-control": { value: "public, max-age=3600" },
    },
  };
}
