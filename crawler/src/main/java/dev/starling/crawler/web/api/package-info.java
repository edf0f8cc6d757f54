/// The JSON API: search, torrents, the operator's blocks. `openapi.json`, a resource beside the
/// pages, describes every route.
@NullMarked
package dev.starling.crawler.web.api;

import org.jspecify.annotations.NullMarked;
