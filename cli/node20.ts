/** What Node 20 lacks of what the project uses and Node 22 has. */
import "core-js/actual/array/from-async.js";
import "core-js/actual/iterator/index.js";
import "core-js/actual/map/group-by.js";
import "core-js/actual/object/group-by.js";
import "core-js/actual/promise/with-resolvers.js";
import "core-js/actual/set/index.js";
import "core-js/actual/url/parse.js";

// The package's documentation says which Node it needs; the SDK would warn at every command that opens a store.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
