@NullMarked
package dev.starling.node.monitor;

import org.jspecify.annotations.NullMarked;
