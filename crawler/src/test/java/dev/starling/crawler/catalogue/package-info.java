/// Tests of the catalogue; [dev.starling.crawler.catalogue.CatalogueContract] runs on every
/// implementation.
@NullMarked
package dev.starling.crawler.catalogue;

import org.jspecify.annotations.NullMarked;
