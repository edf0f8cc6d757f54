/// Tests of the catalogue in a cluster, on real OpenSearch processes.
@NullMarked
package dev.starling.crawler.catalogue.opensearch;

import org.jspecify.annotations.NullMarked;
