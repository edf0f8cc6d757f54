/// The conformance kit: `starling bench conformance`.
///
/// It plays packets at any DHT node and looks at what comes back, so it holds for every
/// implementation alike. Of Starling it uses bencode and signatures, nothing of the node it tests.
@NullMarked
package dev.starling.bench.conformance;

import org.jspecify.annotations.NullMarked;
