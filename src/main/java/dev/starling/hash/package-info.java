/// SHA-1 and SHA-256 over bytes and buffers. Imports nothing of Starling.
@NullMarked
package dev.starling.hash;

import org.jspecify.annotations.NullMarked;
