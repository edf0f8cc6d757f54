/// Bencode (BEP 3): a bounded reader that copies nothing and a writer that sorts. Imports nothing
/// of Starling.
@NullMarked
package dev.starling.bencode;

import org.jspecify.annotations.NullMarked;
