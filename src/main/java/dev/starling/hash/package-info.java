/// SHA-1 and SHA-256 over bytes and buffers, one message at a time and 16 side by side. Imports
/// nothing of Starling.
@NullMarked
package dev.starling.hash;

import org.jspecify.annotations.NullMarked;
