/// The catalogue of many machines: a sharded, replicated index in an OpenSearch cluster.
///
/// Speaks OpenSearch's REST interface with the JDK's HTTP client; see
/// `docs/decisions/opensearch-client.md`.
@NullMarked
package dev.starling.crawler.catalogue.opensearch;

import org.jspecify.annotations.NullMarked;
