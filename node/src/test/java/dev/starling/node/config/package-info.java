@NullMarked
package dev.starling.node.config;

import org.jspecify.annotations.NullMarked;
