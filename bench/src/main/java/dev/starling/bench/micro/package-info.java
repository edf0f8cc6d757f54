/// JMH benchmarks of what the library does most: one operation each, seeded data, no sockets.
@NullMarked
package dev.starling.bench.micro;

import org.jspecify.annotations.NullMarked;
