/// Tests of the catalogue of one machine.
@NullMarked
package dev.starling.crawler.catalogue.embedded;

import org.jspecify.annotations.NullMarked;
