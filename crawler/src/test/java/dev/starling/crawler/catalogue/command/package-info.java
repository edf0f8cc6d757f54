/// Tests of the catalogue's commands.
@NullMarked
package dev.starling.crawler.catalogue.command;

import org.jspecify.annotations.NullMarked;
